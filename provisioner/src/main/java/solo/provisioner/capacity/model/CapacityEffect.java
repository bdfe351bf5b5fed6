package solo.provisioner.capacity.model;

import java.util.Map;
import solo.kube.model.CsiStorageCapacity;

/** One thing to do for a capacity object; each is safe to repeat. */
public sealed interface CapacityEffect {

    /** With the class's parameters as they are: unlike CreateVolume, reserved ones included, as in Go. */
    record Ask(Map<String, String> parameters) implements CapacityEffect {
        public Ask {
            parameters = Map.copyOf(parameters);
        }
    }

    record Publish(Room room) implements CapacityEffect {}

    record Correct(CsiStorageCapacity object, Room room) implements CapacityEffect {}

    record Withdraw(CsiStorageCapacity object) implements CapacityEffect {}
}
