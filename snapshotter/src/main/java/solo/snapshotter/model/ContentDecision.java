package solo.snapshotter.model;

import java.util.List;
import solo.kube.model.Retry;

/** What to do about one content now. */
public sealed interface ContentDecision {

    /** Nothing can be done before {@code retry}. */
    record Wait(ContentReason reason, Retry retry) implements ContentDecision {}

    /** Carry these out in order and decide again; none left means that all is done. */
    record Run(List<ContentEffect> effects) implements ContentDecision {
        public Run {
            effects = List.copyOf(effects);
        }
    }

    static ContentDecision waiting(ContentReason reason) {
        return new Wait(reason, Retry.backoff());
    }

    static ContentDecision run(ContentEffect... effects) {
        return new Run(List.of(effects));
    }

    static ContentDecision done() {
        return new Run(List.of());
    }
}
