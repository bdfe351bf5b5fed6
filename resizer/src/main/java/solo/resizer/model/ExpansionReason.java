package solo.resizer.model;

import org.jspecify.annotations.Nullable;
import solo.csi.model.DriverError;
import solo.kube.model.Actor;
import solo.kube.model.EventNote;
import solo.kube.model.ObjectKey;
import solo.kube.model.Reason;

/** Why a claim has not grown yet. Those with an event use external-resizer's words. */
public sealed interface ExpansionReason extends Reason {

    /** The reason of every event that tells of a failed expansion. */
    String FAILED = "VolumeResizeFailed";

    record VolumeMissing(String volume, ObjectKey claim) implements ExpansionReason {
        @Override
        public String message() {
            return "PV \"" + volume + "\" bound to pvc \"" + claim + "\" not found";
        }

        @Override
        public Actor actor() {
            return Actor.KUBERNETES;
        }
    }

    /** The controller has done its part. */
    record NodeIsNext(String volume) implements ExpansionReason {
        @Override
        public String message() {
            return "volume " + volume + " has grown; the kubelet of the node where a pod uses it has to finish";
        }

        @Override
        public Actor actor() {
            return Actor.KUBERNETES;
        }
    }

    record HeldBack(ObjectKey claim) implements ExpansionReason {
        @Override
        public String message() {
            return "skipping volume expansion for pvc " + claim
                    + ", because expansion previously failed with infeasible error";
        }

        @Override
        public Actor actor() {
            return Actor.USER;
        }
    }

    record InUse(ObjectKey claim, String driver) implements ExpansionReason {
        @Override
        public String message() {
            return "Unable to expand " + claim + " because CSI driver " + driver
                    + " only supports offline expansion and volume is currently in-use";
        }

        @Override
        public Actor actor() {
            return Actor.USER;
        }

        @Override
        public EventNote event() {
            return EventNote.warning(FAILED, message());
        }
    }

    /** The driver was not asked: the volume cannot be described to it, or its secret cannot be read. */
    record CannotAsk(String volume, String driver, String why, Actor actor) implements ExpansionReason {
        @Override
        public String message() {
            return resizeFailed(volume, driver, why);
        }

        @Override
        public EventNote event() {
            return EventNote.warning(FAILED, message());
        }
    }

    record DriverRefused(String volume, String driver, DriverError error) implements ExpansionReason {
        @Override
        public String message() {
            return resizeFailed(volume, driver, error.goText());
        }

        @Override
        public Actor actor() {
            return error.afterExpandVolume() == DriverError.AfterExpandVolume.INFEASIBLE ? Actor.USER : Actor.DRIVER;
        }

        @Override
        public EventNote event() {
            return EventNote.warning(FAILED, message());
        }
    }

    /** The API server did not take one of our writes; told as an event once the driver had been asked. */
    record WriteFailed(
            String message, Actor actor, @Nullable EventNote event) implements ExpansionReason {}

    private static String resizeFailed(String volume, String driver, String why) {
        return "resize volume \"" + volume + "\" by resizer \"" + driver + "\" failed: " + why;
    }
}
