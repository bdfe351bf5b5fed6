package solo.healthmonitor.model;

import solo.csi.model.DriverError;
import solo.kube.model.Actor;
import solo.kube.model.Reason;

/** Why the health of a volume is not known. */
public sealed interface HealthReason extends Reason {

    /** No event: that the driver cannot be asked says nothing of the volume. */
    record HealthUnknown(DriverError error) implements HealthReason {
        @Override
        public String message() {
            return "the driver does not tell its volumes' health: " + error.goText();
        }

        @Override
        public Actor actor() {
            return Actor.DRIVER;
        }
    }
}
