package solo.provisioner.capacity;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import solo.csi.model.Topology;
import solo.kube.Cluster;
import solo.kube.Kinds;
import solo.kube.model.CsiNode;
import solo.kube.model.Node;
import solo.kube.model.ObjectKey;
import solo.provisioner.capacity.model.CapacityOptions;
import solo.provisioner.capacity.rules.CapacitySegments;

/** Where there are nodes with the driver. */
final class CapacityPlaces {

    private final Cluster cluster;
    private final CapacityOptions options;
    private final AtomicLong changes = new AtomicLong();
    private volatile @Nullable Found found;

    private record Found(long changes, Set<Topology> places) {}

    CapacityPlaces(Cluster cluster, CapacityOptions options) {
        this.cluster = cluster;
        this.options = options;
        if (options.node() == null) {
            cluster.store(Kinds.NODE).onChange(change -> changes.incrementAndGet());
            cluster.store(Kinds.CSI_NODE).onChange(change -> changes.incrementAndGet());
        }
    }

    /** Asked for every volume and object, so it is found out once for each state of the nodes. */
    Set<Topology> all() {
        long now = changes.get();
        Found last = found;
        if (last == null || last.changes != now) {
            last = new Found(now, options.node() == null ? find() : Set.of(options.node()));
            found = last;
        }
        return last.places;
    }

    private Set<Topology> find() {
        Set<Topology> places = new HashSet<>();
        for (CsiNode csiNode : cluster.store(Kinds.CSI_NODE).byIndex(Kinds.CSI_NODE_BY_DRIVER, options.driver())) {
            Topology place =
                    CapacitySegments.of(cluster.store(Kinds.NODE).get(csiNode.key()), csiNode, options.driver());
            if (place != null) {
                places.add(place);
            }
        }
        return places;
    }

    @Nullable
    Topology of(@Nullable Node node) {
        return node == null
                ? null
                : CapacitySegments.of(node, cluster.store(Kinds.CSI_NODE).get(node.key()), options.driver());
    }

    @Nullable
    Topology of(@Nullable CsiNode csiNode) {
        return csiNode == null
                ? null
                : CapacitySegments.of(
                        cluster.store(Kinds.NODE)
                                .get(ObjectKey.cluster(csiNode.key().name())),
                        csiNode,
                        options.driver());
    }
}
