package solo.snapshotter.model;

import solo.csi.model.DriverError;

/** What the driver said in this reconcile, if it was asked. */
public sealed interface DriverAnswer {
    record NotAsked() implements DriverAnswer {}

    /** CreateSnapshot, or ListSnapshots of an imported snapshot. */
    record Taken(TakenSnapshot snapshot) implements DriverAnswer {}

    /** ListSnapshots does not know an imported snapshot. */
    record Unknown(String handle) implements DriverAnswer {}

    record Deleted() implements DriverAnswer {}

    record Refused(Call call, DriverError error) implements DriverAnswer {}

    /** What was refused. */
    enum Call {
        TAKE,
        LOOK_UP,
        DELETE
    }
}
