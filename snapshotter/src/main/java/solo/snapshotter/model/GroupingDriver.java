package solo.snapshotter.model;

/**
 * The driver whose groups csi-snapshotter serves.
 *
 * @param alone what it is for single snapshots
 * @param naming how groups are called in CreateVolumeGroupSnapshot
 */
public record GroupingDriver(SnapshottingDriver alone, SnapshotNaming naming) {}
