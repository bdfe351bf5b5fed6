package solo.driver;

import static java.nio.charset.StandardCharsets.UTF_8;

import csi.v1.TopologyRequirement;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import solo.csi.model.Topology;

/** Where a volume of a node can be reached from: that node alone. */
final class NodeTopology {
    /** Becomes a label of the Node. */
    static final String KEY = "topology.local.csi.solo/node";

    // A topology value becomes a label value; node names may be longer than those.
    private static final Pattern LABEL_VALUE = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

    private NodeTopology() {}

    static csi.v1.Topology message(String nodeId) {
        return csi.v1.Topology.newBuilder().putSegments(KEY, value(nodeId)).build();
    }

    /** True when one of the places that would do is this node, or no place was named. */
    static boolean satisfies(TopologyRequirement requirement, String nodeId) {
        return requirement.getRequisiteList().isEmpty()
                || requirement.getRequisiteList().stream().anyMatch(place -> holds(place, nodeId));
    }

    /** True when the node lies within the place. */
    static boolean holds(csi.v1.Topology place, String nodeId) {
        return Topology.of(place.getSegmentsMap()).contains(Topology.of(Map.of(KEY, value(nodeId))));
    }

    private static String value(String nodeId) {
        return LABEL_VALUE.matcher(nodeId).matches()
                ? nodeId
                : "node-" + UUID.nameUUIDFromBytes(nodeId.getBytes(UTF_8));
    }
}
