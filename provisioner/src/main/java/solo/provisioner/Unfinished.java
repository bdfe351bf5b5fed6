package solo.provisioner;

import java.util.List;
import java.util.function.Consumer;
import solo.kube.ApiException;
import solo.kube.model.PersistentVolumeClaim;
import solo.provisioner.model.ClaimHistory.InBackground;

/**
 * Where it is written down which claims may have a volume coming, so that another process can carry on after a crash
 * even if the claims are deleted meanwhile (docs/decisions/005).
 */
public interface Unfinished {

    /** This claim may have a volume coming. Notes it and returns; may be called on the watch's thread. */
    void begun(InBackground claim);

    /** Before CreateVolume. Returns once what was {@link #begun} is as safe as needed; throws if it cannot be made so. */
    void awaitSafe(PersistentVolumeClaim claim) throws ApiException;

    /** After a final answer, or once the PersistentVolume names the volume. Need not be safe: too much is no harm. */
    void ended(String claimUid);

    /**
     * Before DeleteVolume of a volume that was made for this claim. Returns once nothing names the claim any more, or the
     * next process would make the volume anew; throws if that cannot be made so. Costs nothing where that is so already.
     */
    void settled(String claimUid) throws ApiException;

    /** What the process before this one has noted as unfinished. */
    List<InBackground> left();

    /**
     * Finds out which claims were deleted after the last note of the process before this one, and tells of them as they
     * were at the end, once. To be called when this process leads and its caches are filled; returns at once.
     */
    default void deletedMeanwhile(Consumer<List<PersistentVolumeClaim>> then) {}

    /** Remembers nothing: what a crash leaves behind while its claim is deleted is lost, as with the Go provisioner. */
    Unfinished NOWHERE = new Unfinished() {
        @Override
        public void begun(InBackground claim) {}

        @Override
        public void awaitSafe(PersistentVolumeClaim claim) {}

        @Override
        public void ended(String claimUid) {}

        @Override
        public void settled(String claimUid) {}

        @Override
        public List<InBackground> left() {
            return List.of();
        }
    };
}
