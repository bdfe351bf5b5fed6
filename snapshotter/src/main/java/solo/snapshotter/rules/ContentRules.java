package solo.snapshotter.rules;

import solo.kube.model.Retry;
import solo.kube.model.VolumeSnapshotContent;
import solo.snapshotter.model.ContentDecision;
import solo.snapshotter.model.ContentReason.StillBound;
import solo.snapshotter.model.ContentView;
import solo.snapshotter.model.ContentView.BoundSnapshot;
import solo.snapshotter.model.SnapshotNames;
import solo.snapshotter.model.SnapshottingDriver;

/** What has to be done about a content of our driver? The order is csi-snapshotter's (syncContent). */
public final class ContentRules {
    private ContentRules() {}

    public static ContentDecision decide(ContentView view, SnapshottingDriver driver) {
        VolumeSnapshotContent content = view.content();
        if (mayGo(view)) {
            return ContentDeletion.decide(view);
        }
        ContentDecision next = ContentCreation.decide(view, driver);
        boolean settled = next.equals(ContentDecision.done());
        return settled && content.meta().deleting()
                ? new ContentDecision.Wait(new StillBound(content.snapshot()), Retry.onChange())
                : next;
    }

    /** True for a content of a driver and, with --node-deployment, of a node that is ours. */
    public static boolean ours(VolumeSnapshotContent content, SnapshottingDriver driver) {
        return content.driver().equals(driver.name())
                && (driver.node().isEmpty()
                        || driver.node().equals(content.meta().labels().get(SnapshotNames.MANAGED_BY)));
    }

    /**
     * A content that is being deleted goes only when its VolumeSnapshot goes, too, or when it never had one; and never
     * while a CreateSnapshot may be under way, or its snapshot would be left behind.
     */
    private static boolean mayGo(ContentView view) {
        VolumeSnapshotContent content = view.content();
        if (!content.meta().deleting()) {
            return false;
        }
        if (content.source().snapshotHandle() != null && content.snapshotUid().isEmpty()) {
            return true;
        }
        return !beingCreated(content)
                && (content.meta().annotation(SnapshotNames.BEING_DELETED) != null
                        || (view.snapshot() == BoundSnapshot.LETS_GO && goesWithoutSaying(content)));
    }

    /**
     * Whether the deletion of a content may begin before an annotation says so. Another process that takes over in the
     * middle and sees none goes on polling a snapshot that is not ready, and so would take it anew. A member of a group goes
     * with its group, whatever becomes of its VolumeSnapshot (seed 2008).
     */
    static boolean goesWithoutSaying(VolumeSnapshotContent content) {
        return content.meta().annotation(SnapshotNames.IN_GROUP_CONTENT) == null
                && (content.ready() || content.snapshotHandle() == null);
    }

    static boolean beingCreated(VolumeSnapshotContent content) {
        return content.meta().annotation(SnapshotNames.BEING_CREATED) != null;
    }
}
