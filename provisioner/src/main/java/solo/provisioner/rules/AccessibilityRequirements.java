package solo.provisioner.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import solo.csi.model.Topology;
import solo.csi.model.TopologyRequirement;
import solo.kube.model.CsiNode;
import solo.kube.model.Node;
import solo.kube.model.StorageClass;
import solo.provisioner.model.ClaimHistory.InBackground;
import solo.provisioner.model.Feature;
import solo.provisioner.model.ProvisioningReason;
import solo.provisioner.model.ProvisioningView;
import solo.provisioner.model.Unprepared.NoTopology;
import solo.provisioner.model.Unprepared.SelectedNodeGone;

/**
 * Which places CreateVolume is told of (GenerateAccessibilityRequirements).
 *
 * <pre>
 * node  strict  allowed  immediate   requisite              preferred
 * yes   yes     any      -           the node's place       the same
 * yes   no      no       -           all with its keys      from the node's place on
 * yes   no      yes      -           allowed, flattened     from the node's place on
 * no    -       yes      -           allowed, flattened     rotated by the claim's name
 * no    -       no       yes         all of every key set   rotated by the claim's name
 * no    -       no       no          nothing is sent
 * </pre>
 */
final class AccessibilityRequirements {

    private AccessibilityRequirements() {}

    static Finding<Optional<TopologyRequirement>> ask(ProvisioningView view) {
        if (!view.options().topology()) {
            return Finding.found(Optional.empty());
        }
        InBackground before = view.history().inBackground();
        if (before != null && before.sentFor(view.selectedNode())) {
            return Finding.found(Optional.ofNullable(before.requirement()));
        }
        return ShouldProvision.hasClass(view)
                .then(storageClass -> view.selectedNode().isEmpty()
                        ? anywhere(view, storageClass)
                        : near(view, storageClass, view.selectedNode()));
    }

    /** Immediate binding: the name decides where to start. */
    private static Finding<Optional<TopologyRequirement>> anywhere(ProvisioningView view, StorageClass storageClass) {
        List<Topology> requisite;
        if (!storageClass.allowedTopologies().isEmpty()) {
            requisite = TopologyTerms.flatten(storageClass.allowedTopologies());
        } else if (!view.options().has(Feature.IMMEDIATE_TOPOLOGY)) {
            return Finding.found(Optional.empty());
        } else {
            List<List<String>> keySets =
                    TopologyTerms.keySets(view.topology(), view.options().driver());
            if (keySets.isEmpty()) {
                return refused("no node has registered the driver with topology keys yet");
            }
            List<Topology> all = new ArrayList<>();
            keySets.forEach(keys -> all.addAll(
                    TopologyTerms.aggregate(view.topology(), view.options().driver(), keys)));
            requisite = TopologyTerms.inOrder(all);
            if (requisite.isEmpty()) {
                return refused("no node has the labels of any of the driver's topology keys " + keySets);
            }
        }
        if (requisite.isEmpty()) {
            return Finding.found(Optional.empty());
        }
        int start = NameHash.start(view.claim().key().name(), requisite.size());
        return requirement(requisite, rotated(requisite, start));
    }

    /** Late binding: the selected node's place comes first. */
    static Finding<Optional<TopologyRequirement>> near(
            ProvisioningView view, StorageClass storageClass, String nodeName) {
        String driver = view.options().driver();
        CsiNode csiNode = view.topology().csiNode(nodeName);
        Node node = view.topology().node(nodeName);
        if (csiNode == null || node == null) {
            return Finding.refused(new SelectedNodeGone(
                    nodeName, csiNode == null ? "it has no CSINode object" : "it has no Node object"));
        }
        List<String> keys = TopologyTerms.registeredKeys(csiNode, driver);
        if (keys.isEmpty()) {
            return refused("driver " + driver + " has registered no topology keys on node " + nodeName);
        }
        Topology here = TopologyTerms.placeOf(node, keys);
        if (here == null) {
            return refused("node " + nodeName + " lacks some of the labels " + keys);
        }
        List<Topology> allowed = TopologyTerms.flatten(storageClass.allowedTopologies());
        if (view.options().has(Feature.STRICT_TOPOLOGY)) {
            return storageClass.allowedTopologies().isEmpty() || firstAround(allowed, here) >= 0
                    ? requirement(List.of(here), List.of(here))
                    : Finding.refused(notAllowed(nodeName, here, allowed));
        }
        List<Topology> requisite = storageClass.allowedTopologies().isEmpty()
                ? TopologyTerms.inOrder(TopologyTerms.aggregate(view.topology(), driver, keys))
                : allowed;
        if (requisite.isEmpty() && !storageClass.allowedTopologies().isEmpty()) {
            return Finding.found(Optional.empty());
        }
        int start = firstAround(requisite, here);
        return start < 0
                ? Finding.refused(notAllowed(nodeName, here, requisite))
                : requirement(requisite, rotated(requisite, start));
    }

    /** The first place that the node's own lies in, or -1. */
    private static int firstAround(List<Topology> places, Topology here) {
        for (int i = 0; i < places.size(); i++) {
            if (places.get(i).contains(here)) {
                return i;
            }
        }
        return -1;
    }

    private static List<Topology> rotated(List<Topology> places, int start) {
        List<Topology> order = new ArrayList<>(places.subList(start, places.size()));
        order.addAll(places.subList(0, start));
        return order;
    }

    private static ProvisioningReason notAllowed(String node, Topology here, List<Topology> places) {
        return new NoTopology("the place " + here.segments() + " of selected node " + node + " is not among "
                + places.stream().map(Topology::segments).map(Map::toString).toList());
    }

    private static Finding<Optional<TopologyRequirement>> requirement(
            List<Topology> requisite, List<Topology> preferred) {
        return Finding.found(Optional.of(new TopologyRequirement(requisite, preferred)));
    }

    private static Finding<Optional<TopologyRequirement>> refused(String why) {
        return Finding.refused(new NoTopology(why));
    }
}
