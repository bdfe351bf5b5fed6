package solo.snapshotter.model;

/** The answer to one question of a rule: what was found, or why the snapshot has to wait. */
public sealed interface Finding<T> {
    record Found<T>(T value) implements Finding<T> {}

    record Refused<T>(SnapshotReason reason) implements Finding<T> {}

    static <T> Finding<T> found(T value) {
        return new Found<>(value);
    }

    static <T> Finding<T> refused(SnapshotReason reason) {
        return new Refused<>(reason);
    }
}
