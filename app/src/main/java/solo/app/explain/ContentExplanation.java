package solo.app.explain;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.app.explain.DriverFacts.Installed;
import solo.kube.model.Actor;
import solo.kube.model.Reason;
import solo.kube.model.StatusError;
import solo.kube.model.VolumeSnapshot;
import solo.kube.model.VolumeSnapshotContent;
import solo.snapshotter.model.ContentReason.NotDeleted;
import solo.snapshotter.model.ContentReason.StillBound;
import solo.snapshotter.model.SnapshotNames;

/**
 * What is told of a VolumeSnapshotContent.
 *
 * @param snapshot the one of the name that it refers to; null if there is none
 * @param ofDriver what the driver's half would do about it; null for nothing
 * @param ofCluster the same of snapshot-controller
 */
record ContentExplanation(
        VolumeSnapshotContent content,
        @Nullable VolumeSnapshot snapshot,
        DriverFacts driver,
        @Nullable Rehearsal ofDriver,
        @Nullable Rehearsal ofCluster) {

    /** @param last the newest warning about the content: why it was not deleted stands nowhere else */
    Explanation explain(@Nullable Told last) {
        if (content.meta().deleting()) {
            return LastAnswer.weighed(
                    deleting(), last != null && last.reason().equals("SnapshotDeleteError") ? last.message() : "");
        }
        if (content.ready()) {
            return ready();
        }
        StatusError error = content.status() == null ? null : content.status().error();
        return LastAnswer.weighed(notReady(), error == null ? "" : String.valueOf(error.message()));
    }

    private Explanation deleting() {
        Reason reason = ofDriver == null ? null : ofDriver.reason();
        String rpc = ofDriver == null ? "" : ofDriver.rpc();
        boolean created = content.meta().annotation(SnapshotNames.BEING_CREATED) != null;
        boolean letGo = content.meta().annotation(SnapshotNames.BEING_DELETED) != null;
        if (rpc.equals("DeleteSnapshot")) {
            return asked(Stage.DELETING, driver.name() + " is asked to delete " + content.snapshotHandle());
        }
        if (created && !rpc.isEmpty()) {
            return asked(
                    Stage.DELETING,
                    "CreateSnapshot may still be under way: " + driver.name()
                            + " is asked again, and what it has taken is deleted after that");
        }
        boolean waits = !rpc.isEmpty() || (reason != null && !(reason instanceof NotDeleted));
        if (waits && !created && !letGo) {
            return notLetGo();
        }
        if (reason != null) {
            return told(Stage.DELETING, reason.message(), reason.actor());
        }
        return effects().isEmpty()
                ? told(Stage.DELETING, SnapshotExplanation.kept(content.meta().finalizers()), Actor.KUBERNETES)
                : told(Stage.DELETING, "its finalizer is taken off next", Actor.SOLO);
    }

    /** Until its snapshot goes, too, it is still followed as if nobody had deleted it. */
    private Explanation notLetGo() {
        if (!bound()) {
            return told(Stage.DELETING, "its VolumeSnapshot is no more, so it may go next", Actor.SOLO);
        }
        if (snapshot != null && snapshot.meta().deleting()) {
            return told(Stage.DELETING, "its VolumeSnapshot is being deleted, too, and lets it go next", Actor.SOLO);
        }
        Reason bound = new StillBound(content.snapshot());
        return told(Stage.DELETING, bound.message() + "; delete that, too", bound.actor());
    }

    private boolean bound() {
        return snapshot != null && snapshot.uid().equals(content.snapshotUid());
    }

    private Explanation ready() {
        String reference = String.valueOf(content.snapshot());
        if (content.snapshotUid().isEmpty()) {
            return told(
                    Stage.AVAILABLE,
                    "no snapshot is bound to it; VolumeSnapshot " + reference
                            + (snapshot != null
                                            && SnapshotNames.contentOf(snapshot)
                                                    .equals(content.key().name())
                                    ? " is bound to it next"
                                    : " with spec.source.volumeSnapshotContentName " + content.key() + " would be"),
                    null);
        }
        if (!bound()) {
            return told(
                    Stage.LEFT_BEHIND,
                    "VolumeSnapshot " + reference + " is no more, and "
                            + (content.deletionPolicy().equals(SnapshotNames.DELETE)
                                    ? "nobody deletes a content for that; delete it, and the driver's snapshot goes, too"
                                    : "its deletion policy is Retain; a new content with the handle "
                                            + content.snapshotHandle() + " makes it usable again"),
                    Actor.ADMINISTRATOR);
        }
        return told(Stage.READY, "of snapshot " + reference, null);
    }

    private Explanation notReady() {
        Reason reason = ofDriver == null ? null : ofDriver.reason();
        if (reason != null) {
            return told(Stage.PREPARING_SNAPSHOT, reason.message(), reason.actor());
        }
        if ((content.source().volumeHandle() == null) == (content.source().snapshotHandle() == null)) {
            return told(
                    Stage.PREPARING_SNAPSHOT,
                    "spec.source must name either a volume or a snapshot of the driver; make it anew",
                    Actor.ADMINISTRATOR);
        }
        String rpc = ofDriver == null ? "" : ofDriver.rpc();
        if (rpc.isEmpty()) {
            return told(Stage.PREPARING_SNAPSHOT, "Solo acts next", Actor.SOLO);
        }
        if (rpc.equals("ListSnapshots")) {
            return asked(
                    Stage.LOOKED_UP,
                    driver.name() + " is asked for its snapshot "
                            + content.source().snapshotHandle());
        }
        String handle = content.snapshotHandle();
        return handle == null
                ? asked(Stage.TAKING, "all is there; " + driver.name() + " is asked to take the snapshot")
                : asked(Stage.TAKEN, driver.name() + " has taken it as " + handle + " and still works on it");
    }

    private Explanation asked(Stage stage, String why) {
        return driver.installed() == Installed.SEEN
                ? told(stage, why, Actor.DRIVER)
                : told(
                        stage,
                        "nothing in the cluster knows the driver " + driver.name()
                                + ": no CSIDriver object, no node where it is registered; install it, with Solo or"
                                + " csi-snapshotter beside it",
                        Actor.ADMINISTRATOR);
    }

    private Explanation told(Stage stage, String why, @Nullable Actor actor) {
        return new Explanation(stage, why, actor, effects());
    }

    private List<String> effects() {
        List<String> effects = new ArrayList<>();
        if (ofCluster != null) {
            effects.addAll(ofCluster.effects());
        }
        if (ofDriver != null) {
            effects.addAll(ofDriver.effects());
        }
        return effects;
    }
}
