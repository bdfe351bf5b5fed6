package solo.attacher;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.attacher.kube.VolumePatches;
import solo.attacher.model.AttachingDriver;
import solo.attacher.model.AttachmentReason.WriteFailed;
import solo.attacher.rules.VolumeFinalizer;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Kinds;
import solo.kube.Reconciler;
import solo.kube.Store;
import solo.kube.Writes;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.kube.model.PersistentVolume;
import solo.kube.model.Retry;
import solo.kube.model.VolumeAttachment;

/** Takes our finalizer off a PersistentVolume that is being deleted, once no attachment names it any more. */
final class VolumeFinalizerReconciler implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(VolumeFinalizerReconciler.class);

    private final String finalizer;
    private final Store<PersistentVolume> volumes;
    private final Store<VolumeAttachment> attachments;
    private final Writes writes;

    VolumeFinalizerReconciler(AttachingDriver driver, Ports ports) {
        this.finalizer = driver.finalizer();
        this.volumes = ports.cluster().store(Kinds.VOLUME);
        this.attachments = ports.cluster().store(Kinds.ATTACHMENT);
        this.writes = ports.writes();
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        PersistentVolume volume = volumes.get(key);
        List<VolumeAttachment> needing = attachments.byIndex(Kinds.ATTACHMENT_BY_VOLUME, key.name());
        if (volume == null || !VolumeFinalizer.mayGo(volume, needing, finalizer)) {
            return Outcome.done();
        }
        try {
            writes.patch(Kinds.VOLUME, key, VolumePatches.release(volume.meta(), finalizer));
        } catch (ApiException e) {
            return e.failure() == Failure.NOT_FOUND
                    ? Outcome.done()
                    : Outcome.waiting(
                            new WriteFailed(
                                    "could not remove PersistentVolume finalizer: " + e.getMessage(), e.actor()),
                            Retry.backoff(),
                            null);
        }
        log.info("volume={} finalizer={} removed", key, finalizer);
        return Outcome.done();
    }
}
