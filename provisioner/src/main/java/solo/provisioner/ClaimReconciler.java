package solo.provisioner;

import solo.kube.Kinds;
import solo.kube.Reconciler;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectReference;
import solo.kube.model.Outcome;
import solo.kube.model.Retry;
import solo.provisioner.model.NothingToDo;
import solo.provisioner.model.ProvisioningDecision.Run;
import solo.provisioner.model.ProvisioningDecision.Wait;
import solo.provisioner.model.ProvisioningReason;
import solo.provisioner.model.ProvisioningView;
import solo.provisioner.model.ProvisioningView.Standing;
import solo.provisioner.rules.ProvisioningRules;

/** Provisions a claim: decide, act, decide again with what came of it, until there is nothing more to learn. */
final class ClaimReconciler implements Reconciler {

    /** More answers than any claim can bring; reaching it means that a rule goes round in circles. */
    private static final int MOST_DECISIONS = 20;

    private final ClaimViews views;
    private final ClaimEffects effects;
    private final ClaimMemory memory;
    private final ProvisionerMetrics metrics;

    ClaimReconciler(ClaimViews views, ClaimEffects effects, ClaimMemory memory, ProvisionerMetrics metrics) {
        this.views = views;
        this.effects = effects;
        this.memory = memory;
        this.metrics = metrics;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        ProvisioningView view = views.of(ClaimKey.uid(key));
        if (view == null) {
            return Outcome.done();
        }
        try {
            return provision(view);
        } finally {
            memory.restores().ended(view.claim().uid());
        }
    }

    private Outcome provision(ProvisioningView first) {
        ProvisioningView view = first;
        ProvisionerMetrics.Attempt attempt = metrics.provisioning(view.claim());
        for (int decisions = 0; decisions < MOST_DECISIONS; decisions++) {
            switch (ProvisioningRules.decide(view)) {
                case Wait(var reason, var retry) -> {
                    memory.refused(view, reason);
                    attempt.refused(reason);
                    return waiting(view, reason, retry);
                }
                case Run(var run) -> {
                    ProvisioningView after = effects.perform(run, view);
                    if (after.equals(view)) {
                        memory.succeeded(view.claim().uid());
                        attempt.succeeded();
                        return Outcome.done();
                    }
                    view = after;
                }
            }
        }
        throw new IllegalStateException(
                "no end of decisions for claim " + view.claim().key());
    }

    private static Outcome waiting(ProvisioningView view, ProvisioningReason reason, Retry retry) {
        if (reason instanceof NothingToDo) {
            return Outcome.done();
        }
        ObjectReference about = view.standing() == Standing.PRESENT ? Kinds.CLAIM.reference(view.claim()) : null;
        return Outcome.waiting(reason, retry, about);
    }
}
