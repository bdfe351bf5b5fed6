package solo.provisioner.model;

import solo.kube.model.Reason;
import solo.kube.model.Retry;

/**
 * Every reason why a claim has no volume yet, in four groups: it is no concern of ours, something has to happen first,
 * the request cannot be made, or the driver was asked and it did not work out.
 */
public sealed interface ProvisioningReason extends Reason permits NothingToDo, NotYet, Unprepared, Unprovisioned {

    /** The reason of the Warning that goes with most refusals. */
    String PROVISIONING_FAILED = "ProvisioningFailed";

    /** Only what the driver has said ends an attempt: editing a class must not hide a volume that is coming (trap 5). */
    default Progress progress() {
        return Progress.NO_CHANGE;
    }

    default Retry retry() {
        return Retry.backoff();
    }
}
