package solo.app.explain;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.app.explain.DriverFacts.Installed;
import solo.app.explain.ExplainedContent.Source;
import solo.kube.model.Actor;
import solo.kube.model.ObjectMeta;
import solo.kube.model.Reason;
import solo.kube.model.StatusError;
import solo.snapshotter.model.ContentReason;
import solo.snapshotter.model.GroupContentReason;
import solo.snapshotter.model.SnapshotNames;

/**
 * What is told of a VolumeSnapshotContent or VolumeGroupSnapshotContent.
 *
 * @param snapshot the one of the name that it refers to; null if there is none
 * @param ofDriver what the driver's half would do about it; null for nothing
 * @param ofCluster the same of snapshot-controller
 */
record ContentExplanation(
        ExplainedContent content,
        @Nullable BoundTo snapshot,
        DriverFacts driver,
        @Nullable Rehearsal ofDriver,
        @Nullable Rehearsal ofCluster) {

    /** @param contentName the content that it names, is bound to, or will be */
    record BoundTo(ObjectMeta meta, String contentName) {}

    /** @param last the newest warning about the content: why it was not deleted stands nowhere else */
    Explanation explain(@Nullable Told last) {
        if (content.meta().deleting()) {
            return LastAnswer.weighed(
                    deleting(),
                    last != null && last.reason().equals(content.words().notDeletedEvent()) ? last.message() : "");
        }
        if (content.ready()) {
            return ready();
        }
        StatusError error = content.error();
        return LastAnswer.weighed(notReady(), error == null ? "" : String.valueOf(error.message()));
    }

    private Explanation deleting() {
        Reason reason = ofDriver == null ? null : ofDriver.reason();
        String rpc = ofDriver == null ? "" : ofDriver.rpc();
        boolean created = content.meta().annotation(content.words().beingCreated) != null;
        boolean letGo = content.meta().annotation(content.words().beingDeleted) != null;
        if (rpc.equals(content.words().delete)) {
            return asked(Stage.DELETING, driver.name() + " is asked to delete " + content.handle());
        }
        if (created && !rpc.isEmpty()) {
            return asked(
                    Stage.DELETING,
                    content.words().take + " may still be under way: " + driver.name()
                            + " is asked again, and what it has taken is deleted after that");
        }
        boolean waits = !rpc.isEmpty() || (reason != null && !notDeleted(reason));
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

    private static boolean notDeleted(Reason reason) {
        return reason instanceof ContentReason.NotDeleted || reason instanceof GroupContentReason.NotDeleted;
    }

    /** Until its snapshot goes, too, it is still followed as if nobody had deleted it. */
    private Explanation notLetGo() {
        String kind = content.words().kind;
        if (!bound()) {
            return ofCluster == null
                    ? told(
                            Stage.DELETING,
                            "its " + kind + " is no more, and it goes once all members are deleted, too",
                            Actor.KUBERNETES)
                    : told(Stage.DELETING, "its " + kind + " is no more, so it may go next", Actor.SOLO);
        }
        if (snapshot != null && snapshot.meta().deleting()) {
            return told(Stage.DELETING, "its " + kind + " is being deleted, too, and lets it go next", Actor.SOLO);
        }
        Reason bound = content.stillBound();
        return told(Stage.DELETING, bound.message() + "; delete that, too", bound.actor());
    }

    private boolean bound() {
        return snapshot != null && snapshot.meta().uid().equals(content.snapshotUid());
    }

    private Explanation ready() {
        String reference = content.words().kind + " " + content.snapshot();
        if (content.snapshotUid().isEmpty()) {
            return told(
                    Stage.AVAILABLE,
                    "no " + content.words().spoken + " is bound to it; " + reference
                            + (snapshot != null
                                            && snapshot.contentName()
                                                    .equals(content.meta().key().name())
                                    ? " is bound to it next"
                                    : " with spec.source." + content.words().contentField() + " "
                                            + content.meta().key() + " would be"),
                    null);
        }
        if (!bound()) {
            return told(
                    Stage.LEFT_BEHIND,
                    reference + " is no more, and "
                            + (content.deletionPolicy().equals(SnapshotNames.DELETE)
                                    ? "nobody deletes a content for that; delete it, and the driver's "
                                            + content.words().spoken + " goes, too"
                                    : "its deletion policy is Retain; a new content with the handle " + content.handle()
                                            + " makes it usable again"),
                    Actor.ADMINISTRATOR);
        }
        return told(Stage.READY, "of " + content.words().spoken + " " + content.snapshot(), null);
    }

    private Explanation notReady() {
        Reason reason = ofDriver == null ? null : ofDriver.reason();
        if (reason != null) {
            return told(Stage.PREPARING_SNAPSHOT, reason.message(), reason.actor());
        }
        if (content.source() == Source.MALFORMED) {
            return told(
                    Stage.PREPARING_SNAPSHOT,
                    "spec.source must name either " + content.words().sources + " of the driver; make it anew",
                    Actor.ADMINISTRATOR);
        }
        String rpc = ofDriver == null ? "" : ofDriver.rpc();
        if (rpc.isEmpty()) {
            return told(Stage.PREPARING_SNAPSHOT, "Solo acts next", Actor.SOLO);
        }
        if (rpc.equals(content.words().lookUp)) {
            return asked(
                    Stage.LOOKED_UP,
                    driver.name() + " is asked for its " + content.words().spoken + " " + content.imported());
        }
        String handle = content.handle();
        return handle == null
                ? asked(
                        Stage.TAKING,
                        "all is there; " + driver.name() + " is asked to take the " + content.words().spoken)
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
