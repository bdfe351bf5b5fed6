package solo.attacher.rules;

import solo.attacher.model.AttachmentEffect;
import solo.attacher.model.AttachmentReason.WriteFailed;
import solo.kube.model.Actor;

/** How is a write called that the API server did not take? In external-attacher's words. */
public final class FailedWrite {
    private FailedWrite() {}

    public static WriteFailed of(AttachmentEffect effect, String why, Actor actor) {
        String step = switch (effect) {
            case AttachmentEffect.ProtectVolume _ -> "could not add PersistentVolume finalizer: ";
            case AttachmentEffect.MarkAttachment _ -> "could not save VolumeAttachment: ";
            case AttachmentEffect.SaveAttached _ -> "failed to mark as attached: ";
            case AttachmentEffect.ReleaseAttachment _, AttachmentEffect.SaveDetached _ ->
                "could not mark as detached: ";
            case AttachmentEffect.ReadSecret _,
                    AttachmentEffect.FindVolume _,
                    AttachmentEffect.Publish _,
                    AttachmentEffect.Unpublish _ -> "";
        };
        return new WriteFailed(step + why, actor);
    }
}
