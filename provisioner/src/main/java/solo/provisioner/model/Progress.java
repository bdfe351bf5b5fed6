package solo.provisioner.model;

/** What a refusal says about a volume that may be coming into being at the driver; Go's ProvisioningState. */
public enum Progress {
    /** F: the driver has given its last word, there is no volume. */
    FINISHED,
    /** B: there may be a volume, now or later. */
    IN_BACKGROUND,
    /** N: nothing was asked of the driver, so whatever was true before still is. */
    NO_CHANGE,
    /** R: as F, and another node may do better. */
    RESCHEDULE
}
