package solo.csi;

import solo.csi.model.Topology;
import solo.csi.model.TopologyRequirement;

/** Places as records on one side and as CSI messages on the other. */
public final class TopologyMessages {
    private TopologyMessages() {}

    public static csi.v1.Topology toMessage(Topology topology) {
        return csi.v1.Topology.newBuilder().putAllSegments(topology.segments()).build();
    }

    public static Topology toRecord(csi.v1.Topology topology) {
        return Topology.of(topology.getSegmentsMap());
    }

    public static csi.v1.TopologyRequirement toMessage(TopologyRequirement requirement) {
        var message = csi.v1.TopologyRequirement.newBuilder();
        requirement.requisite().forEach(topology -> message.addRequisite(toMessage(topology)));
        requirement.preferred().forEach(topology -> message.addPreferred(toMessage(topology)));
        return message.build();
    }
}
