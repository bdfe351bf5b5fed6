package solo.resizer.rules;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.PersistentVolumeClaim.Spec;
import solo.kube.model.PersistentVolumeClaim.Status;
import solo.kube.model.Quantity;
import solo.resizer.model.ExpansionStatus;
import solo.resizer.model.ResizerNames;

/**
 * Which changes are worth another look at a claim? Not those that we make ourselves: they would end the backoff. A watch
 * that listed anew tells several changes as one, so what ends where it began must not need a look.
 */
public final class ClaimChange {
    /** Written by the controller; every other value comes from the kubelet. */
    private static final Set<ExpansionStatus> OURS = Set.of(
            ExpansionStatus.CONTROLLER_IN_PROGRESS,
            ExpansionStatus.CONTROLLER_INFEASIBLE,
            ExpansionStatus.NODE_PENDING);

    private ClaimChange() {}

    public static boolean mattersToSize(@Nullable PersistentVolumeClaim before, PersistentVolumeClaim after) {
        return before == null
                || changedForAll(before, after)
                || differ(before.spec().storage(), after.spec().storage())
                || !sameAnnotation(before, after, ResizerNames.STORAGE_RESIZER)
                || grew(before.status(), after.status())
                || movedByKubelet(before.status(), after.status());
    }

    public static boolean mattersToClass(@Nullable PersistentVolumeClaim before, PersistentVolumeClaim after) {
        return before == null
                || changedForAll(before, after)
                || !Objects.equals(
                        before.spec().volumeAttributesClassName(), after.spec().volumeAttributesClassName())
                || (before.status().modifyVolume() != null && after.status().modifyVolume() == null);
    }

    /**
     * True when a volume appears, is bound anew, or is to outlive its claim, and when an old size is noted on it: whoever
     * did that may not be there any more to take it away, and its claim may have caught up with it already.
     */
    public static boolean matters(@Nullable PersistentVolume before, PersistentVolume after) {
        return before == null
                || (!noted(before) && noted(after))
                || !Objects.equals(before.claimRef(), after.claimRef())
                || !before.reclaimPolicy().equals(after.reclaimPolicy());
    }

    private static boolean noted(PersistentVolume volume) {
        return volume.meta().annotation(ResizerNames.PRE_RESIZE_CAPACITY) != null;
    }

    private static boolean changedForAll(PersistentVolumeClaim before, PersistentVolumeClaim after) {
        Spec was = before.spec();
        Spec is = after.spec();
        return !before.uid().equals(after.uid())
                || !Objects.equals(was.volumeName(), is.volumeName())
                || !before.status().phase().equals(after.status().phase())
                || !sameAnnotation(before, after, ResizerNames.RETRY_NOW);
    }

    private static boolean grew(Status before, Status after) {
        Quantity is = after.capacity();
        Quantity was = before.capacity();
        return is != null && (was == null || is.compareTo(was) > 0);
    }

    // A node may fail a second time after we have let it try again: that is no change to a watch that listed anew.
    private static boolean movedByKubelet(Status before, Status after) {
        ExpansionStatus status = ExpansionStatus.of(after.allocatedStorageStatus());
        return status == ExpansionStatus.NODE_INFEASIBLE
                || (!Objects.equals(before.allocatedStorageStatus(), after.allocatedStorageStatus())
                        && !OURS.contains(status));
    }

    private static boolean differ(@Nullable Quantity before, @Nullable Quantity after) {
        if (before == null || after == null) {
            return (before == null) != (after == null);
        }
        return before.compareTo(after) != 0;
    }

    private static boolean sameAnnotation(PersistentVolumeClaim before, PersistentVolumeClaim after, String name) {
        return Objects.equals(before.meta().annotation(name), after.meta().annotation(name));
    }
}
