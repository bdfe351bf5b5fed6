package solo.snapshotter.rules;

import java.util.List;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.VolumeSnapshot;
import solo.snapshotter.model.SnapshotNames;

/** When may a claim go that snapshots are taken of? When all of them are ready, or gone. */
public final class ClaimRelease {
    private ClaimRelease() {}

    public static boolean mayGo(PersistentVolumeClaim claim, List<VolumeSnapshot> snapshots) {
        return claim.meta().hasFinalizer(SnapshotNames.CLAIM_AS_SOURCE)
                && snapshots.stream().allMatch(VolumeSnapshot::ready);
    }
}
