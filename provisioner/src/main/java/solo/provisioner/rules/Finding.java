package solo.provisioner.rules;

import java.util.function.Function;
import solo.provisioner.model.ProvisioningEffect;
import solo.provisioner.model.ProvisioningReason;

/** The answer to one question about a claim: a value, a refusal, or that something has to be looked up first. */
sealed interface Finding<T> {

    record Found<T>(T value) implements Finding<T> {}

    record Refused<T>(ProvisioningReason reason) implements Finding<T> {}

    record Unread<T>(ProvisioningEffect.Read read) implements Finding<T> {}

    static <T> Finding<T> found(T value) {
        return new Found<>(value);
    }

    static <T> Finding<T> refused(ProvisioningReason reason) {
        return new Refused<>(reason);
    }

    /** Goes on with the value, if there is one. */
    default <U> Finding<U> then(Function<T, Finding<U>> next) {
        return switch (this) {
            case Found<T>(var value) -> next.apply(value);
            case Refused<T>(var reason) -> new Refused<>(reason);
            case Unread<T>(var read) -> new Unread<>(read);
        };
    }

    /** The value, once every question has been answered. */
    default T value() {
        return switch (this) {
            case Found<T>(var value) -> value;
            case Refused<T>(var reason) -> throw new IllegalStateException("refused: " + reason.message());
            case Unread<T>(var read) -> throw new IllegalStateException("not read yet: " + read);
        };
    }
}
