package solo.snapshotter;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Kinds;
import solo.kube.Reconciler;
import solo.kube.model.EventNote;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.kube.model.Patch;
import solo.kube.model.Retry;
import solo.kube.model.VolumeSnapshotContent;
import solo.snapshotter.kube.ContentPatches;
import solo.snapshotter.model.SnapshotNames;
import solo.snapshotter.model.SnapshotReason.WriteFailed;
import solo.snapshotter.rules.ContentProtection;

/**
 * snapshot-controller's part in contents: a finalizer for those that are bound, and leave to go for those whose
 * VolumeSnapshot is no more.
 */
final class ContentProtectionReconciler implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(ContentProtectionReconciler.class);

    private final Ports ports;

    ContentProtectionReconciler(Ports ports) {
        this.ports = ports;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        VolumeSnapshotContent content =
                ports.cluster().store(Kinds.SNAPSHOT_CONTENT).get(key);
        if (content == null) {
            return Outcome.done();
        }
        try {
            return switch (ContentProtection.decide(content)) {
                case NOTHING -> Outcome.done();
                case SAY_INVALID -> {
                    ports.events()
                            .record(
                                    Kinds.SNAPSHOT_CONTENT.reference(content),
                                    EventNote.warning(
                                            "ContentValidationError",
                                            "Exactly one of VolumeHandle and SnapshotHandle should be specified"));
                    yield Outcome.done();
                }
                case PROTECT -> patch(content, ContentPatches.protect(content.meta()));
                case LET_GO_IF_ALONE ->
                    alone(content)
                            ? patch(content, ContentPatches.annotate(SnapshotNames.BEING_DELETED))
                            : Outcome.done();
            };
        } catch (ApiException e) {
            return e.failure() == Failure.NOT_FOUND
                    ? Outcome.done()
                    : Outcome.waiting(
                            new WriteFailed(String.valueOf(e.getMessage()), e.actor(), null), Retry.backoff(), null);
        }
    }

    private boolean alone(VolumeSnapshotContent content) throws ApiException {
        return Orphans.isGone(ports.cluster(), Kinds.SNAPSHOT, content.snapshot(), content.snapshotUid());
    }

    private Outcome patch(VolumeSnapshotContent content, Patch patch) throws ApiException {
        var _ = ports.writes().patch(Kinds.SNAPSHOT_CONTENT, content.key(), patch);
        log.debug("content={} protected or let go", content.key());
        return Outcome.done();
    }
}
