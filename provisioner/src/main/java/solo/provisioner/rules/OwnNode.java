package solo.provisioner.rules;

import java.util.List;
import java.util.Map;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.StorageClass;
import solo.provisioner.model.NodeDeployment;
import solo.provisioner.model.NodeDeployment.Immediate;
import solo.provisioner.model.NothingToDo.OtherNode;
import solo.provisioner.model.ProvisioningOptions;
import solo.provisioner.model.ProvisioningView;

/** Where each node has its own provisioner: whether a claim or a volume is this node's. */
final class OwnNode {
    private OwnNode() {}

    /** A claim for which nobody has chosen a node may be anybody's, if it binds immediately and could be here. */
    static Finding<PersistentVolumeClaim> ask(ProvisioningView view) {
        NodeDeployment here = view.options().nodeDeployment();
        String selected = view.selectedNode();
        if (here == null || selected.equals(here.node()) || (selected.isEmpty() && mayBeTaken(view, here))) {
            return Finding.found(view.claim());
        }
        return Finding.refused(new OtherNode(selected));
    }

    private static boolean mayBeTaken(ProvisioningView view, NodeDeployment here) {
        StorageClass storageClass = ClassOfRequest.of(view);
        return storageClass != null
                && "Immediate".equals(storageClass.volumeBindingMode())
                && here.immediate() == Immediate.TAKEN
                && (storageClass.allowedTopologies().isEmpty()
                        || !view.options().topology()
                        || AccessibilityRequirements.near(view, storageClass, here.node()) instanceof Finding.Found);
    }

    /** A volume that is tied to no node is everybody's, and so is every volume where the driver reports no place. */
    static boolean holds(PersistentVolume volume, ProvisioningOptions options) {
        NodeDeployment here = options.nodeDeployment();
        List<Map<String, List<String>>> terms = volume.nodeTerms();
        return here == null
                || terms == null
                || here.place().isEmpty()
                || terms.stream()
                        .anyMatch(term -> term.entrySet().stream()
                                .allMatch(label -> label.getValue()
                                        .contains(here.place().segments().getOrDefault(label.getKey(), "\0"))));
    }
}
