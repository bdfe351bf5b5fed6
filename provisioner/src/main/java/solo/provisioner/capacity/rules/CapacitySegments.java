package solo.provisioner.capacity.rules;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import solo.csi.model.Topology;
import solo.kube.model.CsiNode;
import solo.kube.model.Node;

/** The places whose room is published: each distinct set of values of the driver's topology keys. */
public final class CapacitySegments {
    private CapacitySegments() {}

    /**
     * Where a node is; null if the driver is not registered on it, the node object is missing, or it lacks one of the
     * labels, which may come later. A driver without topology keys has one place that is everywhere.
     */
    public static @Nullable Topology of(@Nullable Node node, @Nullable CsiNode csiNode, String driver) {
        CsiNode.Registration registration = csiNode == null ? null : csiNode.driver(driver);
        if (registration == null || node == null) {
            return null;
        }
        TreeMap<String, String> segments = new TreeMap<>();
        for (String key : registration.topologyKeys()) {
            String value = node.meta().labels().get(key);
            if (value == null) {
                return null;
            }
            segments.put(key, value);
        }
        return new Topology(segments);
    }

    /** Places a PersistentVolume is tied to, where each is one segment; empty if it is tied to none. */
    public static Set<Topology> of(@Nullable List<Map<String, List<String>>> nodeTerms) {
        Set<Topology> segments = new LinkedHashSet<>();
        if (nodeTerms != null) {
            nodeTerms.forEach(term -> {
                TreeMap<String, String> labels = new TreeMap<>();
                term.forEach((key, values) -> {
                    if (values.size() == 1) {
                        labels.put(key, values.getFirst());
                    }
                });
                segments.add(new Topology(labels));
            });
        }
        return segments;
    }
}
