package solo.snapshotter.rules;

import solo.kube.model.ObjectMeta;
import solo.kube.model.VolumeGroupSnapshotContent;
import solo.kube.model.VolumeSnapshotContent;
import solo.snapshotter.model.GroupNames;
import solo.snapshotter.model.SnapshotNames;

/** What does the cluster's half do about a content? (snapshot-controller, syncContent.) */
public final class ContentProtection {

    public enum Step {
        NOTHING,
        /** Neither or both sources. */
        SAY_INVALID,
        /** Bound to a VolumeSnapshot: it may not go before what the driver holds. */
        PROTECT,
        /**
         * Somebody deletes it, and nobody says that it may go. If its VolumeSnapshot is no more, which is so after a
         * restore from a backup, nobody ever would; snapshot-controller leaves it hanging.
         */
        LET_GO_IF_ALONE
    }

    private ContentProtection() {}

    public static Step decide(VolumeSnapshotContent content) {
        return (content.source().volumeHandle() == null) == (content.source().snapshotHandle() == null)
                ? Step.SAY_INVALID
                : decide(
                        content.meta(),
                        content.snapshotUid(),
                        new Marks(SnapshotNames.CONTENT_BOUND, SnapshotNames.BEING_DELETED));
    }

    public static Step decide(VolumeGroupSnapshotContent content) {
        return content.source().volumeHandles().isEmpty() == (content.source().handles() == null)
                ? Step.SAY_INVALID
                : decide(
                        content.meta(),
                        content.groupUid(),
                        new Marks(GroupNames.CONTENT_BOUND, GroupNames.BEING_DELETED));
    }

    /** How the two are called on a kind of contents. */
    private record Marks(String finalizer, String beingDeleted) {}

    private static Step decide(ObjectMeta meta, String boundTo, Marks marks) {
        if (boundTo.isEmpty()) {
            return Step.NOTHING;
        }
        if (meta.deleting()) {
            return meta.annotation(marks.beingDeleted()) == null && meta.hasFinalizer(marks.finalizer())
                    ? Step.LET_GO_IF_ALONE
                    : Step.NOTHING;
        }
        return meta.hasFinalizer(marks.finalizer()) ? Step.NOTHING : Step.PROTECT;
    }
}
