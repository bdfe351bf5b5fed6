package solo.csi.model;

import java.util.List;

/** Where a volume must be reachable from: at least one requisite place, the preferred ones tried in their order. */
public record TopologyRequirement(List<Topology> requisite, List<Topology> preferred) {
    public TopologyRequirement {
        requisite = List.copyOf(requisite);
        preferred = List.copyOf(preferred);
    }
}
