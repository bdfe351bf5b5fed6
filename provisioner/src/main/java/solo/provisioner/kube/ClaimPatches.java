package solo.provisioner.kube;

import java.util.List;
import java.util.Map;
import solo.kube.model.Patch;
import solo.kube.model.PersistentVolumeClaim;
import solo.provisioner.model.ProvisionerNames;

/** Changes of claims. */
public final class ClaimPatches {
    private ClaimPatches() {}

    /** As the scheduler would; a conflict if anything of the claim has changed since we saw it. */
    public static Patch withSelectedNode(PersistentVolumeClaim claim, String node) {
        return Patch.merge(Map.of("metadata", Map.of("annotations", Map.of(ProvisionerNames.SELECTED_NODE, node))))
                .ifVersion(claim.meta().resourceVersion());
    }

    /** Takes the selected node off, unless the scheduler has chosen another one meanwhile. */
    public static Patch withoutSelectedNode(PersistentVolumeClaim claim) {
        String path = "/metadata/annotations/" + ProvisionerNames.SELECTED_NODE.replace("/", "~1");
        String node = claim.meta().annotations().getOrDefault(ProvisionerNames.SELECTED_NODE, "");
        return Patch.json(List.of(
                        Map.of("op", "test", "path", path, "value", node), Map.of("op", "remove", "path", path)))
                .ifUid(claim.uid());
    }
}
