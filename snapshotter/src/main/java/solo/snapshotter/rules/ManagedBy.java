package solo.snapshotter.rules;

import java.util.List;
import java.util.Map;
import solo.kube.model.Node;
import solo.kube.model.PersistentVolume;

/** Which node's driver takes snapshots of a volume, where each node has its own? */
final class ManagedBy {
    private ManagedBy() {}

    /** The first node that the volume can be on; empty if there is none. As in Go a volume without affinity has none. */
    static String node(List<Node> nodes, PersistentVolume volume) {
        List<Map<String, List<String>>> terms = volume.nodeTerms();
        if (terms == null) {
            return "";
        }
        return nodes.stream()
                .filter(node -> terms.stream().anyMatch(term -> matches(node, term)))
                .map(node -> node.key().name())
                .sorted()
                .findFirst()
                .orElse("");
    }

    private static boolean matches(Node node, Map<String, List<String>> term) {
        return term.entrySet().stream()
                .allMatch(
                        label -> label.getValue().contains(node.meta().labels().getOrDefault(label.getKey(), "")));
    }
}
