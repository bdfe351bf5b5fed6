package solo.provisioner.model;

import java.util.List;
import solo.kube.model.Retry;

/** What to do about a claim now: wait for a reason, or carry out effects and decide again. */
public sealed interface ProvisioningDecision {

    record Wait(ProvisioningReason reason, Retry retry) implements ProvisioningDecision {}

    /** In this order; the first one that brings an answer which changes the plan is followed by a new decision. */
    record Run(List<ProvisioningEffect> effects) implements ProvisioningDecision {
        public Run {
            effects = List.copyOf(effects);
        }
    }

    static ProvisioningDecision waitFor(ProvisioningReason reason) {
        return new Wait(reason, reason.retry());
    }

    static ProvisioningDecision run(ProvisioningEffect... effects) {
        return new Run(List.of(effects));
    }
}
