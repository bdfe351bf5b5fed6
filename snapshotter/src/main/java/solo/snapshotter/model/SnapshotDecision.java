package solo.snapshotter.model;

import java.util.List;
import solo.kube.model.Retry;

/** What to do about one VolumeSnapshot now. */
public sealed interface SnapshotDecision {

    /** Nothing can be done before {@code retry}. */
    record Wait(SnapshotReason reason, Retry retry) implements SnapshotDecision {}

    /** Carry these out in order and decide again; none left means that all is done. */
    record Run(List<SnapshotEffect> effects) implements SnapshotDecision {
        public Run {
            effects = List.copyOf(effects);
        }
    }

    /** As snapshot-controller retries: with the key's backoff. */
    static SnapshotDecision waiting(SnapshotReason reason) {
        return new Wait(reason, Retry.backoff());
    }

    static SnapshotDecision run(SnapshotEffect... effects) {
        return new Run(List.of(effects));
    }

    static SnapshotDecision done() {
        return new Run(List.of());
    }
}
