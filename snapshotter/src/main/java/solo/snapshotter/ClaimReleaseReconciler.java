package solo.snapshotter;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Kinds;
import solo.kube.Reconciler;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Retry;
import solo.snapshotter.kube.SnapshotPatches;
import solo.snapshotter.model.SnapshotReason.WriteFailed;
import solo.snapshotter.rules.ClaimRelease;

/** Lets a claim go once all snapshots of it are ready, also those whose VolumeSnapshot somebody removed by force. */
final class ClaimReleaseReconciler implements Reconciler {
    private static final Logger log = LoggerFactory.getLogger(ClaimReleaseReconciler.class);

    private final Ports ports;

    ClaimReleaseReconciler(Ports ports) {
        this.ports = ports;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        PersistentVolumeClaim claim = ports.cluster().store(Kinds.CLAIM).get(key);
        if (claim == null
                || !ClaimRelease.mayGo(
                        claim,
                        ports.cluster().store(Kinds.SNAPSHOT).byIndex(Kinds.SNAPSHOT_BY_CLAIM, key.toString()))) {
            return Outcome.done();
        }
        try {
            var _ = ports.writes().patch(Kinds.CLAIM, key, SnapshotPatches.releaseClaim(claim.meta()));
            log.debug("claim={} released", key);
            return Outcome.done();
        } catch (ApiException e) {
            return e.failure() == Failure.NOT_FOUND
                    ? Outcome.done()
                    : Outcome.waiting(
                            new WriteFailed(
                                    "could not remove the finalizer of the claim: " + e.getMessage(), e.actor(), null),
                            Retry.backoff(),
                            null);
        }
    }
}
