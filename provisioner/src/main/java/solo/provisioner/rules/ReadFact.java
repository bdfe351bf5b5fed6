package solo.provisioner.rules;

import java.util.function.Function;
import solo.provisioner.model.Fact;
import solo.provisioner.model.ProvisioningEffect;
import solo.provisioner.model.ProvisioningReason;
import solo.provisioner.model.Unprepared.Unreadable;

/** Turns a fact into a finding: asks for it if it has not been read, and says what it means when it is not there. */
final class ReadFact {
    private ReadFact() {}

    static <R, T> Finding<T> of(
            Fact<R> fact,
            ProvisioningEffect.Read read,
            String what,
            ProvisioningReason missing,
            Function<R, Finding<T>> next) {
        return switch (fact) {
            case Fact.Unread<R>() -> new Finding.Unread<>(read);
            case Fact.Missing<R>() -> Finding.refused(missing);
            case Fact.Unreadable<R>(var why) -> Finding.refused(new Unreadable(what, why));
            case Fact.Known<R>(var value) -> next.apply(value);
        };
    }
}
