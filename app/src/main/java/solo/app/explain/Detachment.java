package solo.app.explain;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.attacher.model.AttachmentAnnotations;
import solo.attacher.model.AttachmentReason.NodeUnknown;
import solo.kube.model.Actor;
import solo.kube.model.Reason;
import solo.kube.model.VolumeAttachment.Problem;

/** What is told of a volume on its way back from a node: its VolumeAttachment is being deleted. */
final class Detachment {

    private Detachment() {}

    /** Of those that are being deleted the one in trouble, if there is one; null if none is being deleted. */
    static @Nullable Explanation of(List<RehearsedAttachment> attachments, String driver) {
        return attachments.stream()
                .filter(RehearsedAttachment::detaching)
                .min(Comparator.comparing(one -> one.attachment().status().detachError() == null))
                .map(one -> of(one, driver))
                .orElse(null);
    }

    /** Of one that is being deleted. */
    static Explanation of(RehearsedAttachment going, String driver) {
        String where = "node " + going.node();
        Reason reason = going.reason();
        if (reason instanceof NodeUnknown) {
            return told(
                    going,
                    where + " is gone, and nothing tells how " + driver + " calls it: set the annotation "
                            + AttachmentAnnotations.NODE_ID + " on VolumeAttachment " + going.name()
                            + ", or take off its finalizers if the backend has certainly detached it",
                    Actor.ADMINISTRATOR);
        }
        if (reason != null) {
            return told(going, "it cannot be detached from " + where + ": " + reason.message(), reason.actor());
        }
        if (going.asksDriver()) {
            Problem error = going.attachment().status().detachError();
            return told(
                    going,
                    driver + " is asked to detach it from " + where
                            + (error == null ? "" : "; the last answer was: " + error.message()),
                    error == null ? Actor.DRIVER : LastAnswer.actor(error.message()));
        }
        if (!going.effects().isEmpty()) {
            return told(going, "VolumeAttachment " + going.name() + " to " + where + " is let go next", Actor.SOLO);
        }
        List<String> finalizers = going.attachment().meta().finalizers();
        return told(
                going,
                "VolumeAttachment " + going.name() + " to " + where
                        + (finalizers.isEmpty()
                                ? " goes next"
                                : " is kept by its finalizers " + String.join(", ", finalizers)
                                        + " until whoever set them takes them off"),
                Actor.KUBERNETES);
    }

    private static Explanation told(RehearsedAttachment going, String why, Actor actor) {
        return new Explanation(Stage.DETACHING, why, actor, going.effects());
    }
}
