package solo.provisioner;

import solo.kube.Kinds;
import solo.kube.Reconciler;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.provisioner.model.DeletionDecision.Run;
import solo.provisioner.model.DeletionDecision.Wait;
import solo.provisioner.model.DeletionReason.NotToDelete;
import solo.provisioner.model.DeletionView;
import solo.provisioner.rules.DeletionRules;

/** Keeps a PersistentVolume's finalizer right, and deletes it with the driver's volume once nobody wants it. */
final class VolumeReconciler implements Reconciler {

    /** More answers than any volume can bring; reaching it means that a rule goes round in circles. */
    private static final int MOST_DECISIONS = 20;

    private final VolumeViews views;
    private final VolumeEffects effects;
    private final ProvisionerMetrics metrics;

    VolumeReconciler(VolumeViews views, VolumeEffects effects, ProvisionerMetrics metrics) {
        this.views = views;
        this.effects = effects;
        this.metrics = metrics;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        DeletionView view = views.of(key);
        if (view == null) {
            return Outcome.done();
        }
        ProvisionerMetrics.Attempt attempt = metrics.deleting(view.volume());
        for (int decisions = 0; decisions < MOST_DECISIONS; decisions++) {
            switch (DeletionRules.decide(view)) {
                case Wait(var reason, var retry) -> {
                    attempt.refused(reason);
                    return reason instanceof NotToDelete
                            ? Outcome.done()
                            : Outcome.waiting(reason, retry, Kinds.VOLUME.reference(view.volume()));
                }
                case Run(var run) -> {
                    DeletionView after = effects.perform(run, view);
                    if (after.equals(view)) {
                        if (view.answer() != null) {
                            attempt.succeeded();
                        }
                        return Outcome.done();
                    }
                    view = after;
                }
            }
        }
        throw new IllegalStateException("no end of decisions for volume " + key);
    }
}
