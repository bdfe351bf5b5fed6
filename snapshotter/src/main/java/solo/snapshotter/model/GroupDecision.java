package solo.snapshotter.model;

import java.util.List;
import solo.kube.model.Retry;

/** What to do about one VolumeGroupSnapshot now. */
public sealed interface GroupDecision {

    /** Nothing can be done before {@code retry}. */
    record Wait(GroupReason reason, Retry retry) implements GroupDecision {}

    /** Carry these out in order and decide again; none left means that all is done. */
    record Run(List<GroupEffect> effects) implements GroupDecision {
        public Run {
            effects = List.copyOf(effects);
        }
    }

    static GroupDecision waiting(GroupReason reason) {
        return new Wait(reason, Retry.backoff());
    }

    static GroupDecision run(GroupEffect... effects) {
        return new Run(List.of(effects));
    }

    static GroupDecision done() {
        return new Run(List.of());
    }
}
