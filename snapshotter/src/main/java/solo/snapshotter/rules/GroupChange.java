package solo.snapshotter.rules;

import org.jspecify.annotations.Nullable;
import solo.kube.model.VolumeGroupSnapshot;
import solo.kube.model.VolumeGroupSnapshot.Status;
import solo.kube.model.VolumeGroupSnapshotContent;
import solo.snapshotter.model.GroupNames;

/** Which changes are worth another look at a group, or at its content? Not our own notes: they would end the backoff. */
public final class GroupChange {
    private GroupChange() {}

    /** For the cluster's half. */
    public static boolean matters(@Nullable VolumeGroupSnapshot before, VolumeGroupSnapshot after) {
        return before == null || !withoutErrors(before).equals(withoutErrors(after));
    }

    /** For the driver's half; csi-snapshotter 8.7 has the same filter, those before had none and so no backoff. */
    public static boolean matters(@Nullable VolumeGroupSnapshotContent before, VolumeGroupSnapshotContent after) {
        return before == null
                || (after.ready() && !before.ready())
                || !withoutOurWrites(before).equals(withoutOurWrites(after));
    }

    private static VolumeGroupSnapshot withoutErrors(VolumeGroupSnapshot group) {
        Status status = group.status() == null ? Status.EMPTY : group.status();
        return new VolumeGroupSnapshot(
                group.meta().unversioned(),
                group.source(),
                group.className(),
                new Status(
                        status.boundContentName(),
                        status.creationTime(),
                        Boolean.TRUE.equals(status.readyToUse()),
                        null));
    }

    private static VolumeGroupSnapshotContent withoutOurWrites(VolumeGroupSnapshotContent content) {
        return new VolumeGroupSnapshotContent(
                ContentChange.withoutOurWrites(content.meta(), GroupNames.BEING_CREATED),
                content.driver(),
                content.deletionPolicy(),
                content.className(),
                content.source(),
                content.group(),
                content.groupUid(),
                null);
    }
}
