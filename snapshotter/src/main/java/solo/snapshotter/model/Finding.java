package solo.snapshotter.model;

import solo.kube.model.Reason;

/** The answer to one question of a rule: what was found, or why the snapshot or group has to wait. */
public sealed interface Finding<T, R extends Reason> {
    record Found<T, R extends Reason>(T value) implements Finding<T, R> {}

    record Refused<T, R extends Reason>(R reason) implements Finding<T, R> {}

    static <T, R extends Reason> Finding<T, R> found(T value) {
        return new Found<>(value);
    }

    static <T, R extends Reason> Finding<T, R> refused(R reason) {
        return new Refused<>(reason);
    }
}
