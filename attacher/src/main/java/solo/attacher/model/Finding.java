package solo.attacher.model;

/** The answer to one question of a rule: what was found, or why the attachment has to wait. */
public sealed interface Finding<T> {
    record Found<T>(T value) implements Finding<T> {}

    record Refused<T>(AttachmentReason reason) implements Finding<T> {}

    static <T> Finding<T> found(T value) {
        return new Found<>(value);
    }

    static <T> Finding<T> refused(AttachmentReason reason) {
        return new Refused<>(reason);
    }
}
