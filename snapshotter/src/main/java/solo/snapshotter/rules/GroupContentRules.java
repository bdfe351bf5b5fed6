package solo.snapshotter.rules;

import solo.kube.model.Retry;
import solo.kube.model.VolumeGroupSnapshotContent;
import solo.snapshotter.model.GroupContentDecision;
import solo.snapshotter.model.GroupContentReason.StillBound;
import solo.snapshotter.model.GroupContentView;
import solo.snapshotter.model.GroupNames;
import solo.snapshotter.model.GroupingDriver;
import solo.snapshotter.model.SnapshotNames;
import solo.snapshotter.model.SnapshottingDriver;

/** What has to be done about a group content of our driver? The order is csi-snapshotter's (syncGroupSnapshotContent). */
public final class GroupContentRules {
    private GroupContentRules() {}

    public static GroupContentDecision decide(GroupContentView view, GroupingDriver driver) {
        VolumeGroupSnapshotContent content = view.content();
        if (mayGo(content)) {
            return GroupContentDeletion.decide(view);
        }
        GroupContentDecision next = GroupContentCreation.decide(view, driver);
        boolean settled = next.equals(GroupContentDecision.done());
        return settled && content.meta().deleting()
                ? new GroupContentDecision.Wait(new StillBound(content.group()), Retry.onChange())
                : next;
    }

    /** True for a content of a driver and, with --node-deployment, of a node that is ours. */
    public static boolean ours(VolumeGroupSnapshotContent content, SnapshottingDriver driver) {
        return content.driver().equals(driver.name())
                && (driver.node().isEmpty()
                        || driver.node().equals(content.meta().labels().get(SnapshotNames.MANAGED_BY)));
    }

    /**
     * A content that is being deleted goes only when its group goes, too, or when it never had one; and never while a
     * CreateVolumeGroupSnapshot may be under way, or its snapshots would be left behind.
     */
    private static boolean mayGo(VolumeGroupSnapshotContent content) {
        if (!content.meta().deleting()) {
            return false;
        }
        return (content.source().handles() != null && content.groupUid().isEmpty())
                || (!beingCreated(content) && content.meta().annotation(GroupNames.BEING_DELETED) != null);
    }

    static boolean beingCreated(VolumeGroupSnapshotContent content) {
        return content.meta().annotation(GroupNames.BEING_CREATED) != null;
    }
}
