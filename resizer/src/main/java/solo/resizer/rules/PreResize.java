package solo.resizer.rules;

import org.jspecify.annotations.Nullable;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Quantity;
import solo.resizer.model.ExpansionView.NodeExpansion;
import solo.resizer.model.ResizerNames;
import solo.resizer.model.ResizingDriver;
import solo.resizer.model.ResizingDriver.PreResizeNote;

/**
 * Which old size has to be noted on a volume? Kubernetes restores it when the claim is deleted before the node has done
 * its part, so that the next claim of that volume makes the node do it.
 */
final class PreResize {
    private PreResize() {}

    /** Null for no note, or none besides the one that is there. One that the claim had caught up with is an old one. */
    static @Nullable String note(
            PersistentVolumeClaim claim, PersistentVolume volume, NodeExpansion node, ResizingDriver driver) {
        Quantity had = claim.status().capacity();
        boolean there = volume.meta().annotation(ResizerNames.PRE_RESIZE_CAPACITY) != null;
        return driver.preResizeNote() != PreResizeNote.NEVER
                        && had != null
                        && node == NodeExpansion.NEEDED
                        && (!there || caughtUp(claim, volume))
                ? had.text()
                : null;
    }

    /** Has a note done its service, and is it worth a write to take it away now? */
    static boolean over(PersistentVolumeClaim claim, PersistentVolume volume, ResizingDriver driver) {
        boolean read = driver.preResizeNote() != PreResizeNote.LAZILY
                || !volume.reclaimPolicy().equals("Delete");
        return read && volume.meta().annotation(ResizerNames.PRE_RESIZE_CAPACITY) != null && caughtUp(claim, volume);
    }

    private static boolean caughtUp(PersistentVolumeClaim claim, PersistentVolume volume) {
        Quantity has = claim.status().capacity();
        Quantity ofVolume = volume.capacity();
        return ofVolume == null || (has != null && has.compareTo(ofVolume) >= 0);
    }
}
