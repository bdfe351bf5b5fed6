package solo.resizer.model;

import solo.csi.model.DriverError;
import solo.csi.model.DriverError.AfterModifyVolume;
import solo.kube.model.Actor;
import solo.kube.model.EventNote;
import solo.kube.model.ObjectKey;
import solo.kube.model.Reason;

/** Why a volume has not got the attributes of its class yet. Those with an event use external-resizer's words. */
public sealed interface ModifyReason extends Reason {

    /** The reason of every event that tells of a failed modification. */
    String FAILED = "VolumeModifyFailed";

    record VolumeMissing(String volume, ObjectKey claim) implements ModifyReason {
        @Override
        public String message() {
            return "PV \"" + volume + "\" bound to pvc \"" + claim + "\" not found";
        }

        @Override
        public Actor actor() {
            return Actor.KUBERNETES;
        }
    }

    record ClassMissing(String name) implements ModifyReason {
        @Override
        public String message() {
            return "VAC \"" + name + "\" does not exist.";
        }

        @Override
        public Actor actor() {
            return Actor.ADMINISTRATOR;
        }

        @Override
        public EventNote event() {
            return EventNote.warning(FAILED, message());
        }
    }

    record HeldBack(ObjectKey claim) implements ModifyReason {
        @Override
        public String message() {
            return "skipping volume modification for pvc " + claim
                    + ", because modification previously failed with infeasible error";
        }

        @Override
        public Actor actor() {
            return Actor.USER;
        }
    }

    /** The driver was not asked. external-resizer tells nobody but its log. */
    record CannotAsk(String message) implements ModifyReason {
        @Override
        public Actor actor() {
            return Actor.ADMINISTRATOR;
        }
    }

    record DriverRefused(String target, DriverError error) implements ModifyReason {
        @Override
        public String message() {
            boolean uncertain = error.afterModifyVolume() == AfterModifyVolume.UNCERTAIN;
            return error.goText() + (uncertain ? ". Still modifying to VAC " + target : "");
        }

        @Override
        public Actor actor() {
            return error.afterModifyVolume() == AfterModifyVolume.INFEASIBLE ? Actor.USER : Actor.DRIVER;
        }

        @Override
        public EventNote event() {
            return EventNote.warning(FAILED, message());
        }
    }

    /** The API server did not take one of our writes. */
    record WriteFailed(String message, Actor actor) implements ModifyReason {}
}
