package solo.provisioner.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.kube.model.CsiNode;
import solo.kube.model.Node;

/** Where nodes are and which drivers they run; empty for a driver without topology. */
public record ClusterTopology(List<Node> nodes, List<CsiNode> csiNodes) {

    public static final ClusterTopology NONE = new ClusterTopology(List.of(), List.of());

    public ClusterTopology {
        nodes = List.copyOf(nodes);
        csiNodes = List.copyOf(csiNodes);
    }

    public @Nullable Node node(String name) {
        return nodes.stream()
                .filter(node -> node.key().name().equals(name))
                .findFirst()
                .orElse(null);
    }

    public @Nullable CsiNode csiNode(String name) {
        return csiNodes.stream()
                .filter(node -> node.key().name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
