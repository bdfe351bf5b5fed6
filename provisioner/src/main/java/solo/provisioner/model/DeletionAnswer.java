package solo.provisioner.model;

import solo.csi.model.DriverError;

/** What came of an effect on a PersistentVolume, where the next step depends on it. */
public sealed interface DeletionAnswer {

    record VolumeDeleted() implements DeletionAnswer {}

    record DeleteFailed(DriverError error) implements DeletionAnswer {}

    /** DeleteVolume said NotFound with {@code error}; this is what the list of all volumes says. */
    record Looked(DriverError error, Sight sight) implements DeletionAnswer {}

    /** Whether a complete list of the driver's volumes shows one. */
    enum Sight {
        SEEN,
        NOT_SEEN,
        /** The list failed, or shows none of the volumes that must be there: it proves nothing. */
        UNKNOWN
    }

    record WriteFailed(String what, String why) implements DeletionAnswer {}
}
