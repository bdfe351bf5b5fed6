package solo.snapshotter.rules;

import solo.kube.model.VolumeSnapshotContent;
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
        if ((content.source().volumeHandle() == null) == (content.source().snapshotHandle() == null)) {
            return Step.SAY_INVALID;
        }
        if (content.snapshotUid().isEmpty()) {
            return Step.NOTHING;
        }
        if (content.meta().deleting()) {
            return content.meta().annotation(SnapshotNames.BEING_DELETED) == null
                            && content.meta().hasFinalizer(SnapshotNames.CONTENT_BOUND)
                    ? Step.LET_GO_IF_ALONE
                    : Step.NOTHING;
        }
        return content.meta().hasFinalizer(SnapshotNames.CONTENT_BOUND) ? Step.NOTHING : Step.PROTECT;
    }
}
