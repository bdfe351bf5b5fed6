package solo.provisioner.model;

import org.jspecify.annotations.Nullable;
import solo.csi.model.DriverError;
import solo.kube.model.Actor;
import solo.kube.model.EventNote;
import solo.kube.model.Reason;
import solo.kube.model.Retry;

/** Every reason why a PersistentVolume, or the driver's volume behind it, is not deleted now. */
public sealed interface DeletionReason extends Reason {

    default Retry retry() {
        return Retry.backoff();
    }

    /** Nobody has asked for it, or it is no concern of ours. No event, no failure. */
    sealed interface NotToDelete extends DeletionReason {
        @Override
        default Retry retry() {
            return Retry.onChange();
        }

        @Override
        default Actor actor() {
            return Actor.KUBERNETES;
        }
    }

    record OtherDriver(String owner) implements NotToDelete {
        @Override
        public String message() {
            return "the volume belongs to " + owner;
        }
    }

    /** Each node deletes its own volumes. */
    record OnOtherNode() implements NotToDelete {
        @Override
        public String message() {
            return "the volume is on another node";
        }
    }

    record StillWanted(String phase) implements NotToDelete {
        @Override
        public String message() {
            return "the volume is " + phase + ", and only Released volumes are deleted";
        }
    }

    record Retained(String reclaimPolicy) implements NotToDelete {
        @Override
        public String message() {
            return "reclaim policy " + reclaimPolicy + " keeps the volume";
        }
    }

    record AlreadyDeleted() implements NotToDelete {
        @Override
        public String message() {
            return "the driver's volume is gone, other finalizers still hold the PersistentVolume";
        }
    }

    /** An attachment blocks, whether attached or not; the Go provisioner tells of it without alarm since 6.4. */
    record StillAttached(String volume, String node) implements DeletionReason {
        @Override
        public String message() {
            return "persistentvolume " + volume + " is still attached to node " + node
                    + ", waiting for it to be detached";
        }

        @Override
        public Actor actor() {
            return Actor.KUBERNETES;
        }

        @Override
        public EventNote event() {
            return EventNote.normal("VolumeDelete", message());
        }
    }

    /** Something went wrong or is missing; told by a Warning. */
    sealed interface Failed extends DeletionReason {
        @Override
        default @Nullable EventNote event() {
            return EventNote.warning("VolumeFailedDelete", message());
        }

        @Override
        default Actor actor() {
            return Actor.ADMINISTRATOR;
        }
    }

    /** Another PersistentVolume names the same volume of the driver, and is in use or to be kept. */
    record SharedHandle(String other) implements Failed {
        @Override
        public String message() {
            return "PersistentVolume " + other + " names the same volume of the driver and is not to be deleted";
        }
    }

    record NotCsi() implements Failed {
        @Override
        public String message() {
            return "the volume has no CSI source";
        }
    }

    record CannotDelete(String capability) implements Failed {
        @Override
        public String message() {
            return "the driver lacks capability " + capability + ", needed for deleting volumes";
        }
    }

    record BadSecret(String why) implements Failed {
        @Override
        public String message() {
            return "provisioner secret of the StorageClass: " + why;
        }
    }

    record DriverRefused(DriverError error) implements Failed {
        @Override
        public String message() {
            return error.goText();
        }

        @Override
        public Actor actor() {
            return Actor.DRIVER;
        }
    }

    /** The API server would not take a change of the PersistentVolume. */
    record NotWritten(String what, String why) implements DeletionReason {
        @Override
        public String message() {
            return "cannot " + what + ": " + why;
        }

        @Override
        public Actor actor() {
            return Actor.SOLO;
        }
    }
}
