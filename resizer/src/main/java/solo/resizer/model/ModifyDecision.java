package solo.resizer.model;

import java.util.List;
import solo.kube.model.Retry;

/** What to do about one claim's VolumeAttributesClass now. */
public sealed interface ModifyDecision {

    record Wait(ModifyReason reason, Retry retry) implements ModifyDecision {}

    /** Carry these out in order and decide again; none left means that all is done. */
    record Run(List<ModifyEffect> effects) implements ModifyDecision {
        public Run {
            effects = List.copyOf(effects);
        }
    }

    static ModifyDecision waiting(ModifyReason reason) {
        return new Wait(reason, Retry.backoff());
    }

    static ModifyDecision run(ModifyEffect... effects) {
        return new Run(List.of(effects));
    }

    static ModifyDecision done() {
        return new Run(List.of());
    }
}
