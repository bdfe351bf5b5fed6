package solo.provisioner.capacity.model;

import java.util.List;
import solo.csi.model.DriverError;
import solo.kube.model.Actor;
import solo.kube.model.Reason;

/** What to do about a capacity object now. */
public sealed interface CapacityDecision {

    record Wait(CapacityReason reason) implements CapacityDecision {}

    record Run(List<CapacityEffect> effects) implements CapacityDecision {
        public Run {
            effects = List.copyOf(effects);
        }
    }

    /** Why an object is not up to date. What it said before stays, because nothing better is known. */
    sealed interface CapacityReason extends Reason {}

    record CapacityUnknown(DriverError error) implements CapacityReason {
        @Override
        public String message() {
            return "GetCapacity: " + error.goText();
        }

        @Override
        public Actor actor() {
            return Actor.DRIVER;
        }
    }

    record CapacityNotWritten(String why) implements CapacityReason {
        @Override
        public String message() {
            return "cannot write the CSIStorageCapacity object: " + why;
        }

        @Override
        public Actor actor() {
            return Actor.SOLO;
        }
    }
}
