package solo.provisioner;

import java.util.List;
import solo.kube.ApiException;
import solo.provisioner.model.ClaimHistory.InBackground;

/**
 * Where it is written down which claims may have a volume coming, so that another process can carry on after a crash
 * even if the claims are deleted meanwhile (docs/decisions/005).
 */
public interface Unfinished {

    /** Before CreateVolume. Returns once the claim is safe, if the driver needs that; throws if it cannot be made so. */
    void begun(InBackground claim) throws ApiException;

    /** After a final answer, or once the PersistentVolume names the volume. Need not be safe: too much is no harm. */
    void ended(String claimUid);

    /**
     * Before DeleteVolume of a volume that was made for this claim. Returns once nothing names the claim any more, or the
     * next process would make the volume anew; throws if that cannot be made so. Costs nothing where that is so already.
     */
    void settled(String claimUid) throws ApiException;

    /** What an earlier process may have left unfinished. */
    List<InBackground> left();

    /** Remembers nothing: whatever a crash leaves behind while its claim is deleted is lost, as with the Go provisioner. */
    Unfinished NOWHERE = new Unfinished() {
        @Override
        public void begun(InBackground claim) {}

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
