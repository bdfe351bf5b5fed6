package solo.snapshotter.model;

/**
 * How snapshot-controller works.
 *
 * @param ownDriver the driver whose contents this process serves, too; empty for none. What is made for it may be born
 *     as its half would leave it.
 * @param volumeMode --prevent-volume-mode-conversion: whether a content tells the mode of its volume
 * @param distribution --enable-distributed-snapshotting: whether a content tells the node that takes it
 * @param groups gate CSIVolumeGroupSnapshot, where their kinds are served
 */
public record SnapshotSettings(String ownDriver, VolumeMode volumeMode, Distribution distribution, Groups groups) {
    public static final SnapshotSettings DEFAULT =
            new SnapshotSettings("", VolumeMode.NOTED, Distribution.CENTRAL, Groups.LEFT_ALONE);

    /** spec.sourceVolumeMode of contents. */
    public enum VolumeMode {
        NOTED,
        LEFT_OUT
    }

    /** Whether one driver process takes all snapshots, or the one on the volume's node. */
    public enum Distribution {
        CENTRAL,
        BY_NODE
    }

    /** Whether VolumeGroupSnapshots are served. */
    public enum Groups {
        SERVED,
        LEFT_ALONE
    }
}
