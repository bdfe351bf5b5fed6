package solo.snapshotter.model;

import java.util.List;
import solo.kube.model.Retry;

/** What to do about one content of a group now. */
public sealed interface GroupContentDecision {

    /** Nothing can be done before {@code retry}. */
    record Wait(GroupContentReason reason, Retry retry) implements GroupContentDecision {}

    /** Carry these out in order and decide again; none left means that all is done. */
    record Run(List<GroupContentEffect> effects) implements GroupContentDecision {
        public Run {
            effects = List.copyOf(effects);
        }
    }

    static GroupContentDecision waiting(GroupContentReason reason) {
        return new Wait(reason, Retry.backoff());
    }

    static GroupContentDecision run(GroupContentEffect... effects) {
        return new Run(List.of(effects));
    }

    static GroupContentDecision done() {
        return new Run(List.of());
    }
}
