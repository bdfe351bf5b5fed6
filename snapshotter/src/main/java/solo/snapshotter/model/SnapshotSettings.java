package solo.snapshotter.model;

/**
 * How snapshot-controller works.
 *
 * @param ownDriver the driver whose contents this process serves, too; empty for none. What is made for it may be born
 *     as its half would leave it.
 * @param volumeMode --prevent-volume-mode-conversion: whether a content tells the mode of its volume
 * @param distribution --enable-distributed-snapshotting: whether a content tells the node that takes it
 */
public record SnapshotSettings(String ownDriver, VolumeMode volumeMode, Distribution distribution) {
    public static final SnapshotSettings DEFAULT = new SnapshotSettings("", VolumeMode.NOTED, Distribution.CENTRAL);

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
}
