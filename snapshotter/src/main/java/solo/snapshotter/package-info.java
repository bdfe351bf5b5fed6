/**
 * Does what snapshot-controller and csi-snapshotter do: turns VolumeSnapshots into VolumeSnapshotContents, and those
 * into CreateSnapshot, ListSnapshots and DeleteSnapshot. Each half can run alone beside the Go program of the other.
 */
@NullMarked
package solo.snapshotter;

import org.jspecify.annotations.NullMarked;
