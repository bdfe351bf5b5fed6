package solo.provisioner.model;

import org.jspecify.annotations.Nullable;
import solo.csi.model.DriverError;
import solo.csi.model.DriverError.AfterCreateVolume;
import solo.kube.model.Actor;
import solo.kube.model.EventNote;
import solo.kube.model.Retry;

/** The driver was asked, and there is no PersistentVolume yet. */
public sealed interface Unprovisioned extends ProvisioningReason {

    @Override
    default Actor actor() {
        return Actor.DRIVER;
    }

    @Override
    default @Nullable EventNote event() {
        return EventNote.warning(PROVISIONING_FAILED, message());
    }

    /** CreateVolume failed; what its code means decides about the rest. */
    record DriverRefused(DriverError error, AfterCreateVolume after) implements Unprovisioned {
        @Override
        public String message() {
            return after == AfterCreateVolume.INFEASIBLE
                    ? "Volume provisioning failed with an error that is not expected to go away, retries are delayed: "
                            + error.goText()
                    : error.goText();
        }

        @Override
        public Progress progress() {
            return switch (after) {
                case FINAL, INFEASIBLE -> Progress.FINISHED;
                case IN_BACKGROUND -> Progress.IN_BACKGROUND;
                case RESCHEDULE -> Progress.RESCHEDULE;
            };
        }

        @Override
        public Actor actor() {
            return after == AfterCreateVolume.INFEASIBLE ? Actor.ADMINISTRATOR : Actor.DRIVER;
        }
    }

    /**
     * The driver may still be at it, and is asked for the same again, although the class has been edited since: with other
     * parameters it would be another volume of the same name.
     */
    record AskedAsBefore(DriverError error, String storageClass) implements Unprovisioned {
        @Override
        public String message() {
            return error.goText() + "; the driver may still be at it, so it is asked as StorageClass \"" + storageClass
                    + "\" was when it was asked first; a claim made anew gets the class as it is now";
        }

        @Override
        public Progress progress() {
            return Progress.IN_BACKGROUND;
        }
    }

    /**
     * The driver has a volume of this name, and not by this request: ours as the class was before, asked for by a process
     * that was killed before it could note how. Once the claim is gone nobody asks for it any more.
     */
    record MadeOtherwise(DriverError error, String volume, String storageClass) implements Unprovisioned {
        @Override
        public String message() {
            return error.goText() + "; most likely StorageClass \"" + storageClass
                    + "\" (or the VolumeAttributesClass) was edited after volume " + volume
                    + " had been asked for. Make the class as it was until the claim is bound, or delete the volume named "
                    + volume
                    + " at the storage and it is made anew; if only the claim is deleted, that volume stays behind";
        }

        @Override
        public Progress progress() {
            return Progress.FINISHED;
        }

        @Override
        public Actor actor() {
            return Actor.ADMINISTRATOR;
        }
    }

    /** The new volume was too small; it has been deleted again, or {@code cleanup} says why not. */
    record TooSmall(
            long requestedBytes, long bytes, @Nullable DriverError cleanup) implements Unprovisioned {
        @Override
        public String message() {
            return "created volume capacity " + bytes + " less than requested capacity " + requestedBytes
                    + undeleted(cleanup);
        }

        @Override
        public Progress progress() {
            return afterCleanup(cleanup);
        }
    }

    /** The driver does not say that it filled the new volume from the source; it has been deleted again. */
    record NotFilled(@Nullable DriverError cleanup) implements Unprovisioned {
        @Override
        public String message() {
            return "volume content source missing: the driver did not confirm that it filled the volume"
                    + undeleted(cleanup);
        }

        @Override
        public Progress progress() {
            return afterCleanup(cleanup);
        }
    }

    /** The volume exists, the PersistentVolume could not be written, or nobody knows; it is written again. */
    record NotSaved(String volume, String why) implements Unprovisioned {
        @Override
        public String message() {
            return "cannot save PersistentVolume " + volume + ": " + why;
        }

        @Override
        public Progress progress() {
            return Progress.IN_BACKGROUND;
        }

        @Override
        public Actor actor() {
            return Actor.SOLO;
        }
    }

    /** A PersistentVolume of this name belongs to another claim; names cut short can do that. Nothing is deleted. */
    record NameTaken(String volume, String owner) implements Unprovisioned {
        @Override
        public String message() {
            return "PersistentVolume " + volume + " already exists and belongs to " + owner
                    + "; a longer --volume-name-uuid-length avoids this";
        }

        @Override
        public Actor actor() {
            return Actor.ADMINISTRATOR;
        }
    }

    /** Removing the selected node failed, so the scheduler does not know yet that it has to choose again. */
    record NotGivenBack(ProvisioningReason because, String why) implements Unprovisioned {
        @Override
        public String message() {
            return because.message() + "; giving the claim back to the scheduler failed: " + why;
        }

        @Override
        public Progress progress() {
            return because.progress();
        }

        @Override
        public Retry retry() {
            return Retry.backoff();
        }
    }

    private static String undeleted(@Nullable DriverError cleanup) {
        return cleanup == null ? "" : "; deleting it again failed: " + cleanup.goText();
    }

    private static Progress afterCleanup(@Nullable DriverError cleanup) {
        return cleanup == null ? Progress.FINISHED : Progress.IN_BACKGROUND;
    }
}
