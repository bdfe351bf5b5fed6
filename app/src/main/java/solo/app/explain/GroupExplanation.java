package solo.app.explain;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Actor;
import solo.kube.model.Reason;
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
 * @param content the one that is bound to this very group; null if there is none
 * @param rehearsal what snapshot-controller would do about the group; null for nothing
 * @param ofContent what is told of the content; null without one
 */
record GroupExplanation(
        VolumeGroupSnapshot group,
        @Nullable VolumeGroupSnapshotContent content,
        @Nullable Rehearsal rehearsal,
        @Nullable Explanation ofContent) {

    Explanation explain() {
        Reason reason = rehearsal == null ? null : rehearsal.reason();
        // These two only say that it is the content's turn.
        boolean contents = reason instanceof NotTakenYet || reason instanceof ContentGoing;
        if (reason != null && !(contents && ofContent != null)) {
            return told(stage(reason), reason.message() + advice(reason), reason.actor());
        }
        if (content != null && ofContent != null && content.meta().deleting()) {
            return told(Stage.DELETING, "its content " + content.key() + ": " + ofContent.why(), ofContent.actor());
        }
        if (group.meta().deleting()) {
            return effects().isEmpty()
                    ? told(Stage.DELETING, SnapshotExplanation.kept(group.meta().finalizers()), Actor.KUBERNETES)
                    : told(Stage.DELETING, "its members and its content are let go next", Actor.SOLO);
        }
        if (content != null && ofContent != null && !content.ready()) {
            return told(ofContent.stage(), ofContent.why(), ofContent.actor());
        }
        if (!effects().isEmpty()) {
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
                Stream.concat(effects().stream(), ofContent == null ? Stream.empty() : ofContent.effects().stream())
                        .toList());
    }

    private List<String> effects() {
        return rehearsal == null ? List.of() : rehearsal.effects();
    }
}
