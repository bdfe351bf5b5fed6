package solo.provisioner.kube;

import java.util.List;
import java.util.Map;
import solo.kube.model.Patch;
import solo.kube.model.PersistentVolumeClaim;
import solo.provisioner.model.ProvisionerNames;

/** Changes of claims. */
public final class ClaimPatches {
    private ClaimPatches() {}

    /** Takes the selected node off, unless the scheduler has chosen another one meanwhile. */
    public static Patch withoutSelectedNode(PersistentVolumeClaim claim) {
        String path = "/metadata/annotations/" + ProvisionerNames.SELECTED_NODE.replace("/", "~1");
        String node = claim.meta().annotations().getOrDefault(ProvisionerNames.SELECTED_NODE, "");
        return Patch.json(List.of(
                        Map.of("op", "test", "path", path, "value", node), Map.of("op", "remove", "path", path)))
                .ifUid(claim.uid());
    }
}
