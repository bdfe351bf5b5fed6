package solo.app.explain;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Actor;
import solo.kube.model.Reason;
import solo.kube.model.VolumeSnapshot;
import solo.kube.model.VolumeSnapshotContent;
import solo.snapshotter.model.SnapshotNames;
import solo.snapshotter.model.SnapshotReason.ContentGoing;
import solo.snapshotter.model.SnapshotReason.ContentMisbound;
import solo.snapshotter.model.SnapshotReason.ContentMismatch;
import solo.snapshotter.model.SnapshotReason.ContentMissing;
import solo.snapshotter.model.SnapshotReason.NotCreated;
import solo.snapshotter.model.SnapshotReason.NotTakenYet;
import solo.snapshotter.model.SnapshotReason.StillRestored;

/**
 * What is told of a VolumeSnapshot. Once it has its content, that tells most of it.
 *
 * @param content the one that is bound to this very snapshot; null if there is none
 * @param rehearsal what snapshot-controller would do about the snapshot; null for nothing
 * @param ofContent what is told of the content; null without one
 */
record SnapshotExplanation(
        VolumeSnapshot snapshot,
        @Nullable VolumeSnapshotContent content,
        @Nullable Rehearsal rehearsal,
        @Nullable Explanation ofContent) {

    Explanation explain() {
        Reason reason = rehearsal == null ? null : rehearsal.reason();
        // These two only say that it is the content's turn.
        boolean contents = reason instanceof NotTakenYet || reason instanceof ContentGoing;
        if (reason != null && !(contents && ofContent != null)) {
            return new Explanation(stage(reason), reason.message() + advice(reason), reason.actor(), effects());
        }
        if (snapshot.meta().deleting()) {
            return deleting();
        }
        if (content != null && ofContent != null && !content.ready()) {
            return new Explanation(ofContent.stage(), ofContent.why(), ofContent.actor(), both());
        }
        if (!effects().isEmpty()) {
            return new Explanation(
                    content == null ? Stage.PREPARING_SNAPSHOT : Stage.TAKEN,
                    content == null
                            ? "all is there; its content is made or bound next. If that lasts, see whether a"
                                    + " snapshot-controller runs (--controllers=*,snapshot-controller)"
                            : "content " + content.key() + " is ready; its own status is written next",
                    Actor.SOLO,
                    effects());
        }
        return Explanation.of(Stage.READY, "bound to content " + SnapshotNames.contentOf(snapshot), null);
    }

    /** What keeps something that nobody has work with. */
    static String kept(List<String> finalizers) {
        return finalizers.isEmpty()
                ? "it goes next"
                : "kept by its finalizers " + String.join(", ", finalizers) + " until whoever set them takes them off";
    }

    private Explanation deleting() {
        if (content != null
                && ofContent != null
                && content.meta().deleting()
                && effects().isEmpty()) {
            return new Explanation(
                    Stage.DELETING, "its content " + content.key() + ": " + ofContent.why(), ofContent.actor(), both());
        }
        return effects().isEmpty()
                ? Explanation.of(Stage.DELETING, kept(snapshot.meta().finalizers()), Actor.KUBERNETES)
                : new Explanation(
                        Stage.DELETING,
                        content == null
                                ? "its finalizers are taken off next"
                                : "its content " + content.key() + " is let go next",
                        Actor.SOLO,
                        effects());
    }

    private Stage stage(Reason reason) {
        if (snapshot.meta().deleting()) {
            return Stage.DELETING;
        }
        if (reason instanceof ContentMissing) {
            return snapshot.status() != null && snapshot.status().creationTime() != null
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
            return ": " + name + "; make a content of this name for the driver's snapshot, or delete the snapshot";
        }
        if (reason instanceof ContentMisbound) {
            return "; one whose spec.volumeSnapshotRef is " + snapshot.key() + " is needed";
        }
        if (reason instanceof NotCreated && reason.code().equals("ClaimMissing")) {
            return "; there is no PersistentVolumeClaim " + snapshot.claim();
        }
        return reason instanceof StillRestored ? "; it goes once that claim is bound or deleted" : "";
    }

    private List<String> effects() {
        return rehearsal == null ? List.of() : rehearsal.effects();
    }

    private List<String> both() {
        return Stream.concat(effects().stream(), ofContent == null ? Stream.empty() : ofContent.effects().stream())
                .toList();
    }
}
