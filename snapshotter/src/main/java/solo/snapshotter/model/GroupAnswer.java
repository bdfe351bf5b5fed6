package solo.snapshotter.model;

import solo.csi.model.DriverError;

/** What the driver said about a group in this reconcile, if it was asked. */
public sealed interface GroupAnswer {
    record NotAsked() implements GroupAnswer {}

    /** CreateVolumeGroupSnapshot, or GetVolumeGroupSnapshot of an imported group. */
    record Taken(TakenGroup group) implements GroupAnswer {}

    record Deleted() implements GroupAnswer {}

    record Refused(Call call, DriverError error) implements GroupAnswer {}

    /** What was refused. */
    enum Call {
        TAKE,
        GET,
        DELETE
    }
}
