package solo.app.explain;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import solo.app.explain.DriverFacts.Installed;
import solo.kube.model.Actor;
import solo.kube.model.Reason;
import solo.kube.model.StatusError;
import solo.kube.model.VolumeGroupSnapshot;
import solo.kube.model.VolumeGroupSnapshotContent;
import solo.snapshotter.model.GroupNames;
import solo.snapshotter.model.GroupReason.ContentGoing;
import solo.snapshotter.model.GroupReason.ContentMisbound;
import solo.snapshotter.model.GroupReason.ContentMismatch;
import solo.snapshotter.model.GroupReason.ContentMissing;
import solo.snapshotter.model.GroupReason.NotTakenYet;
import solo.snapshotter.model.GroupReason.StillRestored;

/**
 * What is told of a VolumeGroupSnapshot. Once it has its content, that tells most of it.
 *
 * @param rehearsal what snapshot-controller would do about the group; null for nothing
 * @param content null if none is bound to this very group
 */
record GroupExplanation(
        VolumeGroupSnapshot group,
        @Nullable Rehearsal rehearsal,
        @Nullable Content content) {

    /**
     * The content of the group.
     *
     * @param rehearsal what the driver's half would do about it; null for nothing
     */
    record Content(
            VolumeGroupSnapshotContent content,
            DriverFacts driver,
            @Nullable Rehearsal rehearsal) {}

    /** @param last the newest warning about the content: why it was not deleted stands nowhere else */
    Explanation explain(@Nullable Told last) {
        Reason reason = rehearsal == null ? null : rehearsal.reason();
        // These two only say that it is the content's turn.
        boolean contents = reason instanceof NotTakenYet || reason instanceof ContentGoing;
        if (reason != null && !(contents && content != null)) {
            return told(stage(reason), reason.message() + advice(reason), reason.actor());
        }
        if (content != null && content.content().meta().deleting()) {
            return LastAnswer.weighed(
                    deleting(content),
                    last != null && last.reason().equals("GroupSnapshotDeleteError") ? last.message() : "");
        }
        if (group.meta().deleting()) {
            return effects(rehearsal).isEmpty()
                    ? told(Stage.DELETING, SnapshotExplanation.kept(group.meta().finalizers()), Actor.KUBERNETES)
                    : told(Stage.DELETING, "its members and its content are let go next", Actor.SOLO);
        }
        if (content != null && !content.content().ready()) {
            VolumeGroupSnapshotContent.Status status = content.content().status();
            StatusError error = status == null ? null : status.error();
            return LastAnswer.weighed(notReady(content), error == null ? "" : String.valueOf(error.message()));
        }
        if (!effects(rehearsal).isEmpty()) {
            return content == null
                    ? told(
                            Stage.PREPARING_SNAPSHOT,
                            "all is there; its content is made or bound next. If that lasts, see whether a"
                                    + " snapshot-controller runs (--controllers=*,snapshot-controller)",
                            Actor.SOLO)
                    : told(Stage.TAKEN, "its snapshots are taken; their objects are made next", Actor.SOLO);
        }
        return told(Stage.READY, "bound to content " + GroupNames.contentOf(group), null);
    }

    private Explanation deleting(Content of) {
        Reason reason = of.rehearsal() == null ? null : of.rehearsal().reason();
        String rpc = of.rehearsal() == null ? "" : of.rehearsal().rpc();
        String name = of.driver().name();
        if (!group.meta().deleting()) {
            return told(
                    Stage.DELETING,
                    "somebody deleted its content, which goes only with the group; delete that, too, if you want it"
                            + " gone",
                    Actor.USER);
        }
        if (rpc.equals("DeleteVolumeGroupSnapshot")) {
            return asked(
                    of,
                    Stage.DELETING,
                    name + " is asked to delete " + of.content().handle());
        }
        if (!rpc.isEmpty()) {
            return asked(
                    of,
                    Stage.DELETING,
                    "CreateVolumeGroupSnapshot may still be under way: " + name
                            + " is asked again, and what it has taken is deleted after that");
        }
        return reason != null
                ? told(Stage.DELETING, reason.message(), reason.actor())
                : told(
                        Stage.DELETING,
                        "its content " + of.content().key() + ": "
                                + SnapshotExplanation.kept(of.content().meta().finalizers()),
                        effects(of.rehearsal()).isEmpty() ? Actor.KUBERNETES : Actor.SOLO);
    }

    private Explanation notReady(Content of) {
        Reason reason = of.rehearsal() == null ? null : of.rehearsal().reason();
        if (reason != null) {
            return told(Stage.PREPARING_SNAPSHOT, reason.message(), reason.actor());
        }
        String rpc = of.rehearsal() == null ? "" : of.rehearsal().rpc();
        String name = of.driver().name();
        String handle = of.content().handle();
        return switch (rpc) {
            case "" -> told(Stage.PREPARING_SNAPSHOT, "Solo acts next", Actor.SOLO);
            case "GetVolumeGroupSnapshot" ->
                asked(of, Stage.LOOKED_UP, name + " is asked for a group snapshot that it has already");
            default ->
                handle == null
                        ? asked(of, Stage.TAKING, "all is there; " + name + " is asked to take the group snapshot")
                        : asked(of, Stage.TAKEN, name + " has taken it as " + handle + " and still works on it");
        };
    }

    private Explanation asked(Content of, Stage stage, String why) {
        return of.driver().installed() == Installed.SEEN
                ? told(stage, why, Actor.DRIVER)
                : told(
                        stage,
                        "nothing in the cluster knows the driver " + of.driver().name()
                                + ": no CSIDriver object, no node where it is registered; install it, with Solo or"
                                + " csi-snapshotter beside it",
                        Actor.ADMINISTRATOR);
    }

    private Stage stage(Reason reason) {
        if (group.meta().deleting()) {
            return Stage.DELETING;
        }
        if (reason instanceof ContentMissing) {
            return group.status() != null && group.status().creationTime() != null
                    ? Stage.CONTENT_LOST
                    : Stage.WAITS_FOR_CONTENT;
        }
        return reason instanceof ContentMismatch || reason instanceof ContentMisbound
                ? Stage.WAITS_FOR_CONTENT
                : Stage.PREPARING_SNAPSHOT;
    }

    /** Where snapshot-controller's own words do not say what to look at. */
    private String advice(Reason reason) {
        if (reason instanceof ContentMissing(var name)) {
            return ": " + name + "; make a content of this name for the driver's group, or delete the group snapshot";
        }
        if (reason instanceof ContentMisbound) {
            return "; one whose spec.volumeGroupSnapshotRef is " + group.key() + " is needed";
        }
        return reason instanceof StillRestored ? "; it goes once that claim is bound or deleted" : "";
    }

    private Explanation told(Stage stage, String why, @Nullable Actor actor) {
        return new Explanation(
                stage,
                why,
                actor,
                Stream.concat(
                                effects(rehearsal).stream(),
                                content == null ? Stream.empty() : effects(content.rehearsal()).stream())
                        .toList());
    }

    private static List<String> effects(@Nullable Rehearsal of) {
        return of == null ? List.of() : of.effects();
    }
}
