package solo.resizer.rules;

import org.jspecify.annotations.Nullable;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Quantity;
import solo.resizer.model.ExpansionView.NodeExpansion;
import solo.resizer.model.ResizerNames;
import solo.resizer.model.ResizingDriver;

/**
 * Which old size has to be noted on a volume? Kubernetes restores it when the claim is deleted before the node has done
 * its part, so that the next claim of that volume makes the node do it.
 */
final class PreResize {
    private PreResize() {}

    /** Null for no note, or none besides the one that is there. */
    static @Nullable String note(
            PersistentVolumeClaim claim, PersistentVolume volume, NodeExpansion node, ResizingDriver driver) {
        Quantity had = claim.status().capacity();
        boolean read = switch (driver.preResizeNote()) {
            case ALWAYS -> true;
            case WHERE_READ -> !volume.reclaimPolicy().equals("Delete");
            case NEVER -> false;
        };
        return read
                        && had != null
                        && node == NodeExpansion.NEEDED
                        && volume.meta().annotation(ResizerNames.PRE_RESIZE_CAPACITY) == null
                ? had.text()
                : null;
    }
}
