package solo.snapshotter.rules;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.VolumeSnapshot;
import solo.kube.model.VolumeSnapshot.Status;

/** Which changes are worth another look at a snapshot? Not our own notes of errors: they would end the backoff. */
public final class SnapshotChange {
    private SnapshotChange() {}

    public static boolean matters(@Nullable VolumeSnapshot before, VolumeSnapshot after) {
        return before == null || !withoutErrors(before).equals(withoutErrors(after));
    }

    /** True when a claim appeared, was bound, or changed its mind about going. */
    public static boolean matters(@Nullable PersistentVolumeClaim before, @Nullable PersistentVolumeClaim after) {
        return before == null
                || after == null
                || !before.uid().equals(after.uid())
                || !before.status().phase().equals(after.status().phase())
                || !Objects.equals(before.spec().volumeName(), after.spec().volumeName())
                || before.meta().deleting() != after.meta().deleting();
    }

    /** True when a volume appeared, or got another claim. */
    public static boolean matters(@Nullable PersistentVolume before, PersistentVolume after) {
        return before == null || !Objects.equals(before.claimRef(), after.claimRef());
    }

    private static VolumeSnapshot withoutErrors(VolumeSnapshot snapshot) {
        Status status = snapshot.status() == null ? Status.EMPTY : snapshot.status();
        return new VolumeSnapshot(
                snapshot.meta().unversioned(),
                snapshot.source(),
                snapshot.className(),
                snapshot.groupOwner(),
                snapshot.owners(),
                new Status(
                        status.boundContentName(),
                        status.creationTime(),
                        Boolean.TRUE.equals(status.readyToUse()),
                        status.restoreSize(),
                        null,
                        status.groupName()));
    }
}
