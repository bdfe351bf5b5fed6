package solo.attacher.rules;

import solo.attacher.model.Answers.Detached;
import solo.attacher.model.Answers.SecretAnswer;
import solo.attacher.model.AttachView;
import solo.attacher.model.AttachView.Standing;
import solo.attacher.model.AttachedVolume;
import solo.attacher.model.AttachingDriver;
import solo.attacher.model.AttachmentEffect.FindVolume;
import solo.attacher.model.AttachmentEffect.ReadSecret;
import solo.attacher.model.AttachmentEffect.ReleaseAttachment;
import solo.attacher.model.AttachmentEffect.SaveDetached;
import solo.attacher.model.AttachmentEffect.Unpublish;
import solo.attacher.model.AttachmentReason;
import solo.attacher.model.AttachmentReason.SecretUnreadable;
import solo.attacher.model.Decision;
import solo.attacher.model.Finding;
import solo.attacher.model.UnpublishRequest;
import solo.csi.model.Secrets;
import solo.kube.model.ObjectKey;
import solo.kube.model.VolumeAttachment;

/**
 * What has to be done so that an attachment that is being deleted can go? Our finalizer means that the driver may hold
 * the volume attached, whatever the status says; it comes off only after ControllerUnpublishVolume (external-attacher,
 * syncDetach).
 */
public final class DetachRules {
    private DetachRules() {}

    public static Decision decide(AttachView view, AttachingDriver driver) {
        boolean owed = view.attachment().meta().hasFinalizer(driver.finalizer());
        if (view.answers().detached() == Detached.BY_DRIVER) {
            return owed ? Decision.run(new ReleaseAttachment(driver.finalizer())) : clean(view.attachment());
        }
        if (!owed && view.standing() == Standing.UNDISPUTED) {
            return Decision.done();
        }
        if (AttachedVolumeOf.searchMayHelp(view, driver)) {
            return Decision.run(new FindVolume());
        }
        return switch (AttachedVolumeOf.of(view)) {
            case Finding.Refused<AttachedVolume>(AttachmentReason reason) -> Decision.waiting(reason);
            case Finding.Found<AttachedVolume>(AttachedVolume volume) -> unpublish(view, volume, driver);
        };
    }

    private static Decision unpublish(AttachView view, AttachedVolume volume, AttachingDriver driver) {
        String nodeId;
        switch (NodeIdOf.detaching(view.attachment(), view.node(), driver.name())) {
            case Finding.Refused<String>(AttachmentReason reason) -> {
                return Decision.waiting(reason);
            }
            case Finding.Found<String>(String found) -> nodeId = found;
        }
        ObjectKey secret = volume.secret();
        if (secret == null) {
            return Decision.run(new Unpublish(new UnpublishRequest(volume.handle(), nodeId, Secrets.NONE)));
        }
        return switch (view.answers().secret()) {
            case SecretAnswer.NotAsked() -> Decision.run(new ReadSecret(secret));
            case SecretAnswer.Unreadable(String why) -> Decision.waiting(new SecretUnreadable(secret, why));
            case SecretAnswer.Read(Secrets secrets) ->
                Decision.run(new Unpublish(new UnpublishRequest(volume.handle(), nodeId, secrets)));
        };
    }

    // With the last finalizer the object is gone; only one that others hold is still read by anybody.
    private static Decision clean(VolumeAttachment attachment) {
        VolumeAttachment.Status status = attachment.status();
        boolean clean = !status.attached()
                && status.detachError() == null
                && status.attachmentMetadata().isEmpty();
        boolean gone = attachment.meta().finalizers().isEmpty();
        return clean || gone ? Decision.done() : Decision.run(new SaveDetached());
    }
}
