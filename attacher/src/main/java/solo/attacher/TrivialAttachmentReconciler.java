package solo.attacher;

import java.util.List;
import solo.attacher.model.AttachingDriver;
import solo.attacher.model.AttachmentEffect;
import solo.attacher.model.AttachmentEffect.ReleaseAttachment;
import solo.attacher.model.AttachmentEffect.SaveAttached;
import solo.attacher.model.AttachmentReason;
import solo.attacher.model.Decision;
import solo.attacher.rules.FailedWrite;
import solo.attacher.rules.TrivialAttachment;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Kinds;
import solo.kube.Reconciler;
import solo.kube.Store;
import solo.kube.model.Actor;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.kube.model.Retry;
import solo.kube.model.VolumeAttachment;

/** Says "attached" for a driver that has nothing to attach, as external-attacher's trivial handler does. */
final class TrivialAttachmentReconciler implements Reconciler {
    private final AttachingDriver driver;
    private final Store<VolumeAttachment> attachments;
    private final AttachmentWrites writes;

    TrivialAttachmentReconciler(AttachingDriver driver, Ports ports) {
        this.driver = driver;
        this.attachments = ports.cluster().store(Kinds.ATTACHMENT);
        this.writes = new AttachmentWrites(ports.writes(), ports.clock(), driver);
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        VolumeAttachment attachment = attachments.get(key);
        if (attachment == null || !attachment.attacher().equals(driver.name())) {
            return Outcome.done();
        }
        return switch (TrivialAttachment.decide(attachment, driver)) {
            case Decision.Wait(AttachmentReason reason, Retry retry) -> Outcome.waiting(reason, retry, null);
            case Decision.Run(List<AttachmentEffect> effects) -> perform(effects, attachment);
        };
    }

    private Outcome perform(List<AttachmentEffect> effects, VolumeAttachment attachment) {
        for (AttachmentEffect effect : effects) {
            try {
                switch (effect) {
                    case SaveAttached attached -> writes.attached(attachment, attached);
                    case ReleaseAttachment release -> writes.release(attachment, release);
                    default -> throw new IllegalStateException("nothing to attach, but asked for " + effect);
                }
            } catch (ApiException e) {
                return e.failure() == Failure.NOT_FOUND
                        ? Outcome.done()
                        : Outcome.waiting(
                                FailedWrite.of(effect, String.valueOf(e.getMessage()), Actor.KUBERNETES),
                                Retry.backoff(),
                                null);
            }
        }
        return Outcome.done();
    }
}
