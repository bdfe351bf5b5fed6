package solo.snapshotter.csi;

import csi.v1.CreateSnapshotRequest;
import csi.v1.DeleteSnapshotRequest;
import csi.v1.ListSnapshotsRequest;
import csi.v1.ListSnapshotsResponse;
import csi.v1.Snapshot;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import solo.csi.CsiException;
import solo.csi.Driver;
import solo.csi.model.Secrets;
import solo.snapshotter.model.TakeRequest;
import solo.snapshotter.model.TakenSnapshot;

/** The driver as the snapshotter uses it: take, look up, delete. */
public final class SnapshotCalls {
    private static final long SECOND = 1_000_000_000L;

    private final Driver driver;

    public SnapshotCalls(Driver driver) {
        this.driver = driver;
    }

    /** {@code now} is the time of a snapshot whose driver does not tell one. */
    public TakenSnapshot take(TakeRequest request, Instant now) throws CsiException {
        return read(
                driver.controller()
                        .createSnapshot(CreateSnapshotRequest.newBuilder()
                                .setSourceVolumeId(request.volumeHandle())
                                .setName(request.name())
                                .putAllParameters(request.parameters())
                                .putAllSecrets(request.secrets().values())
                                .build())
                        .getSnapshot(),
                now);
    }

    /** Null if the driver does not know the snapshot. */
    public @Nullable TakenSnapshot lookUp(String handle, Secrets secrets, Instant now) throws CsiException {
        ListSnapshotsResponse found = driver.controller()
                .listSnapshots(ListSnapshotsRequest.newBuilder()
                        .setSnapshotId(handle)
                        .putAllSecrets(secrets.values())
                        .build());
        return found.getEntriesCount() == 0 ? null : read(found.getEntries(0).getSnapshot(), now);
    }

    public void delete(String handle, Secrets secrets) throws CsiException {
        driver.controller()
                .deleteSnapshot(DeleteSnapshotRequest.newBuilder()
                        .setSnapshotId(handle)
                        .putAllSecrets(secrets.values())
                        .build());
    }

    private static TakenSnapshot read(Snapshot snapshot, Instant now) {
        long taken = snapshot.hasCreationTime()
                ? snapshot.getCreationTime().getSeconds() * SECOND
                        + snapshot.getCreationTime().getNanos()
                : now.getEpochSecond() * SECOND;
        String group = snapshot.getGroupSnapshotId();
        return new TakenSnapshot(
                snapshot.getSnapshotId(),
                taken,
                snapshot.getSizeBytes(),
                snapshot.getReadyToUse(),
                group.isEmpty() ? null : group);
    }
}
