package solo.snapshotter.csi;

import csi.v1.CreateVolumeGroupSnapshotRequest;
import csi.v1.DeleteVolumeGroupSnapshotRequest;
import csi.v1.GetVolumeGroupSnapshotRequest;
import csi.v1.Snapshot;
import csi.v1.VolumeGroupSnapshot;
import java.time.Instant;
import java.util.List;
import solo.csi.CsiException;
import solo.csi.Driver;
import solo.csi.model.Secrets;
import solo.kube.model.VolumeGroupSnapshotContent.Member;
import solo.snapshotter.model.GroupTakeRequest;
import solo.snapshotter.model.TakenGroup;

/** The driver as groups of snapshots use it: take, get, delete. */
public final class GroupCalls {
    private static final long SECOND = 1_000_000_000L;

    private final Driver driver;

    public GroupCalls(Driver driver) {
        this.driver = driver;
    }

    /** {@code now} is the time of a group whose driver does not tell one. */
    public TakenGroup take(GroupTakeRequest request, Instant now) throws CsiException {
        return read(
                driver.groupController()
                        .createVolumeGroupSnapshot(CreateVolumeGroupSnapshotRequest.newBuilder()
                                .setName(request.name())
                                .addAllSourceVolumeIds(request.volumeHandles())
                                .putAllParameters(request.parameters())
                                .putAllSecrets(request.secrets().values())
                                .build())
                        .getGroupSnapshot(),
                now);
    }

    public TakenGroup get(String handle, List<String> snapshots, Secrets secrets, Instant now) throws CsiException {
        return read(
                driver.groupController()
                        .getVolumeGroupSnapshot(GetVolumeGroupSnapshotRequest.newBuilder()
                                .setGroupSnapshotId(handle)
                                .addAllSnapshotIds(snapshots)
                                .putAllSecrets(secrets.values())
                                .build())
                        .getGroupSnapshot(),
                now);
    }

    public void delete(String handle, List<String> snapshots, Secrets secrets) throws CsiException {
        driver.groupController()
                .deleteVolumeGroupSnapshot(DeleteVolumeGroupSnapshotRequest.newBuilder()
                        .setGroupSnapshotId(handle)
                        .addAllSnapshotIds(snapshots)
                        .putAllSecrets(secrets.values())
                        .build());
    }

    private static TakenGroup read(VolumeGroupSnapshot group, Instant now) {
        Instant taken = group.hasCreationTime()
                ? Instant.ofEpochSecond(
                        group.getCreationTime().getSeconds(),
                        group.getCreationTime().getNanos())
                : now;
        return new TakenGroup(
                group.getGroupSnapshotId(),
                taken,
                group.getReadyToUse(),
                group.getSnapshotsList().stream().map(one -> member(one, taken)).toList());
    }

    private static Member member(Snapshot snapshot, Instant ofGroup) {
        long taken = snapshot.hasCreationTime()
                ? snapshot.getCreationTime().getSeconds() * SECOND
                        + snapshot.getCreationTime().getNanos()
                : ofGroup.getEpochSecond() * SECOND + ofGroup.getNano();
        return new Member(
                snapshot.getSourceVolumeId(),
                snapshot.getSnapshotId(),
                taken,
                snapshot.getReadyToUse(),
                snapshot.getSizeBytes() > 0 ? Long.valueOf(snapshot.getSizeBytes()) : null);
    }
}
