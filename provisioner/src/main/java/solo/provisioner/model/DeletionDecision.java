package solo.provisioner.model;

import java.util.List;
import solo.kube.model.Retry;

/** What to do about a PersistentVolume now: leave it for a reason, or carry out effects and decide again. */
public sealed interface DeletionDecision {

    record Wait(DeletionReason reason, Retry retry) implements DeletionDecision {}

    record Run(List<DeletionEffect> effects) implements DeletionDecision {
        public Run {
            effects = List.copyOf(effects);
        }
    }

    static DeletionDecision waitFor(DeletionReason reason) {
        return new Wait(reason, reason.retry());
    }

    static DeletionDecision run(DeletionEffect... effects) {
        return new Run(List.of(effects));
    }
}
