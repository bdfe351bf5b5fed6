package solo.kube.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How one reconcile ended; the runtime turns it into requeue time, event, metric and log line, in one place. */
public sealed interface Outcome {

    /** Nothing is left to do until something changes; the key's backoff is forgotten. */
    record Done() implements Outcome {}

    /** Went well, look again after this time. */
    record Again(Duration after) implements Outcome {}

    /** Refused or failed for a reason that can be told. {@code about} is where an event belongs, if anywhere. */
    record Waiting(Reason reason, Retry retry, @Nullable ObjectReference about) implements Outcome {}

    static Outcome done() {
        return new Done();
    }

    static Outcome again(Duration after) {
        return new Again(after);
    }

    static Outcome waiting(Reason reason, Retry retry, @Nullable ObjectReference about) {
        return new Waiting(reason, retry, about);
    }
}
