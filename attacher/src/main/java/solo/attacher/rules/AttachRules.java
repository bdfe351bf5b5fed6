package solo.attacher.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import solo.attacher.model.Answers.SecretAnswer;
import solo.attacher.model.AttachView;
import solo.attacher.model.AttachView.Standing;
import solo.attacher.model.AttachedVolume;
import solo.attacher.model.AttachingDriver;
import solo.attacher.model.AttachmentAnnotations;
import solo.attacher.model.AttachmentEffect;
import solo.attacher.model.AttachmentEffect.MarkAttachment;
import solo.attacher.model.AttachmentEffect.ProtectVolume;
import solo.attacher.model.AttachmentEffect.Publish;
import solo.attacher.model.AttachmentEffect.ReadSecret;
import solo.attacher.model.AttachmentEffect.SaveAttached;
import solo.attacher.model.AttachmentReason;
import solo.attacher.model.AttachmentReason.SecretUnreadable;
import solo.attacher.model.Decision;
import solo.attacher.model.Finding;
import solo.attacher.model.PublishRequest;
import solo.csi.model.Secrets;
import solo.kube.model.CsiSource;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectMeta;
import solo.kube.model.PersistentVolume;
import solo.kube.model.VolumeAttachment;

/**
 * What has to be done so that an attachment that somebody wants is attached? As much as possible is checked before our
 * finalizer goes on, because from then on the attachment cannot be deleted without the driver (external-attacher,
 * syncAttach).
 */
public final class AttachRules {
    private AttachRules() {}

    public static Decision decide(AttachView view, AttachingDriver driver) {
        if (view.attachment().status().attached() && view.standing() == Standing.UNDISPUTED) {
            return remember(view, driver);
        }
        Map<String, String> publishContext = view.answers().publishContext();
        if (publishContext != null) {
            return save(view.attachment().status(), publishContext);
        }
        return switch (PublishRequestOf.of(view, driver)) {
            case Finding.Refused<PublishRequest>(AttachmentReason reason) -> Decision.waiting(reason);
            case Finding.Found<PublishRequest>(PublishRequest request) -> publish(view, request, driver);
        };
    }

    private static Decision publish(AttachView view, PublishRequest request, AttachingDriver driver) {
        List<AttachmentEffect> effects = new ArrayList<>();
        PersistentVolume volume = view.volume();
        if (volume != null && !volume.meta().hasFinalizer(driver.finalizer())) {
            effects.add(
                    new ProtectVolume(volume.key(), volume.uid(), volume.meta().finalizers(), driver.finalizer()));
        }
        Secrets secrets = Secrets.NONE;
        ObjectKey secret = request.volume().secret();
        if (secret != null) {
            switch (view.answers().secret()) {
                case SecretAnswer.NotAsked() -> {
                    effects.add(new ReadSecret(secret));
                    return new Decision.Run(effects);
                }
                case SecretAnswer.Unreadable(String why) -> {
                    return Decision.waiting(new SecretUnreadable(secret, why));
                }
                case SecretAnswer.Read(Secrets read) -> secrets = read;
            }
        }
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(AttachmentAnnotations.NODE_ID, request.nodeId());
        annotations.putAll(RememberedVolume.annotations(request.volume()));
        mark(view.attachment().meta(), annotations, driver, effects);
        effects.add(new Publish(request.with(secrets)));
        return new Decision.Run(effects);
    }

    private static void mark(
            ObjectMeta meta, Map<String, String> annotations, AttachingDriver driver, List<AttachmentEffect> effects) {
        List<String> finalizers = new ArrayList<>(meta.finalizers());
        if (!finalizers.contains(driver.finalizer())) {
            finalizers.add(driver.finalizer());
        } else if (meta.annotations().entrySet().containsAll(annotations.entrySet())) {
            return;
        }
        effects.add(new MarkAttachment(finalizers, annotations));
    }

    private static Decision save(VolumeAttachment.Status status, Map<String, String> publishContext) {
        boolean saved = status.attached()
                && status.attachError() == null
                && status.attachmentMetadata().equals(publishContext);
        return saved ? Decision.done() : Decision.run(new SaveAttached(publishContext));
    }

    /**
     * external-attacher's attachments do not tell their handle. While the PersistentVolume is still there, but no
     * longer protected or on its way out, it is noted, so that the detach does not depend on it.
     */
    private static Decision remember(AttachView view, AttachingDriver driver) {
        ObjectMeta meta = view.attachment().meta();
        PersistentVolume volume = view.volume();
        CsiSource csi = AttachmentSource.csi(view);
        if (volume == null
                || csi == null
                || !meta.hasFinalizer(driver.finalizer())
                || meta.annotation(AttachmentAnnotations.VOLUME_HANDLE) != null
                || (volume.meta().hasFinalizer(driver.finalizer())
                        && !volume.meta().deleting())) {
            return Decision.done();
        }
        AttachedVolume attached = RememberedVolume.of(csi);
        return Decision.run(new MarkAttachment(meta.finalizers(), RememberedVolume.annotations(attached)));
    }
}
