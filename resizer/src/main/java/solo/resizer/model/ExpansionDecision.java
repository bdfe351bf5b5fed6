package solo.resizer.model;

import java.util.List;
import solo.kube.model.Retry;

/** What to do about one claim's size now. */
public sealed interface ExpansionDecision {

    record Wait(ExpansionReason reason, Retry retry) implements ExpansionDecision {}

    /** Carry these out in order and decide again; none left means that all is done. */
    record Run(List<ExpansionEffect> effects) implements ExpansionDecision {
        public Run {
            effects = List.copyOf(effects);
        }
    }

    static ExpansionDecision waiting(ExpansionReason reason) {
        return new Wait(reason, Retry.backoff());
    }

    static ExpansionDecision run(ExpansionEffect... effects) {
        return new Run(List.of(effects));
    }

    static ExpansionDecision done() {
        return new Run(List.of());
    }
}
