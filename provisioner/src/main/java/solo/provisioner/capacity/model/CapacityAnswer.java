package solo.provisioner.capacity.model;

import solo.csi.model.DriverError;

/** What came of an effect. */
public sealed interface CapacityAnswer {

    record Asked(Room room) implements CapacityAnswer {}

    record Refused(DriverError error) implements CapacityAnswer {}

    record NotWritten(String why) implements CapacityAnswer {}
}
