package solo.attacher;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.attacher.kube.AttachmentPatches;
import solo.attacher.kube.VolumePatches;
import solo.attacher.model.AttachingDriver;
import solo.attacher.model.AttachmentEffect.MarkAttachment;
import solo.attacher.model.AttachmentEffect.ProtectVolume;
import solo.attacher.model.AttachmentEffect.ReleaseAttachment;
import solo.attacher.model.AttachmentEffect.SaveAttached;
import solo.attacher.model.AttachmentReason;
import solo.attacher.rules.ErrorRecord;
import solo.kube.ApiException;
import solo.kube.Clock;
import solo.kube.Kinds;
import solo.kube.Writes;
import solo.kube.model.PersistentVolume;
import solo.kube.model.VolumeAttachment;
import solo.kube.model.VolumeAttachment.Problem;

/** The writes of the attacher: each one request, each answering the object as it is afterwards. */
final class AttachmentWrites {
    private static final Logger log = LoggerFactory.getLogger(AttachmentWrites.class);

    private final Writes writes;
    private final Clock clock;
    private final AttachingDriver driver;

    AttachmentWrites(Writes writes, Clock clock, AttachingDriver driver) {
        this.writes = writes;
        this.clock = clock;
        this.driver = driver;
    }

    PersistentVolume protect(ProtectVolume effect) throws ApiException {
        return writes.patch(
                Kinds.VOLUME,
                effect.volume(),
                VolumePatches.protect(effect.uid(), effect.seenFinalizers(), effect.finalizer()));
    }

    VolumeAttachment mark(VolumeAttachment seen, MarkAttachment effect) throws ApiException {
        return writes.patch(
                Kinds.ATTACHMENT,
                seen.key(),
                AttachmentPatches.mark(seen.meta(), effect.finalizers(), effect.annotations()));
    }

    VolumeAttachment attached(VolumeAttachment seen, SaveAttached effect) throws ApiException {
        VolumeAttachment saved = writes.patch(
                Kinds.ATTACHMENT,
                seen.key(),
                AttachmentPatches.attached(seen.meta(), seen.status().attachmentMetadata(), effect.publishContext()));
        log.info("attachment={} volume={} node={} attached", seen.key(), seen.volumeName(), seen.nodeName());
        return saved;
    }

    VolumeAttachment release(VolumeAttachment seen, ReleaseAttachment effect) throws ApiException {
        VolumeAttachment released =
                writes.patch(Kinds.ATTACHMENT, seen.key(), AttachmentPatches.release(seen.meta(), effect.finalizer()));
        log.info("attachment={} volume={} node={} detached", seen.key(), seen.volumeName(), seen.nodeName());
        return released;
    }

    VolumeAttachment detached(VolumeAttachment seen) throws ApiException {
        return writes.patch(Kinds.ATTACHMENT, seen.key(), AttachmentPatches.detached(seen.meta()));
    }

    /** Shows the reason in the status, unless it stands there already. That this fails must not hide the reason. */
    void error(VolumeAttachment seen, AttachmentReason reason) {
        Optional<Problem> problem = ErrorRecord.of(seen, reason, driver);
        if (problem.isEmpty()) {
            return;
        }
        try {
            writes.patch(
                    Kinds.ATTACHMENT,
                    seen.key(),
                    AttachmentPatches.error(seen.meta(), ErrorRecord.field(seen), problem.get(), clock.now()));
        } catch (ApiException e) {
            log.info("attachment={} error could not be saved: {}", seen.key(), e.getMessage());
        }
    }
}
