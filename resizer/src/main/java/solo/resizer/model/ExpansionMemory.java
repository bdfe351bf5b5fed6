package solo.resizer.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Quantity;

/**
 * What is remembered of a claim between two attempts. Lost with the process, and with the claim: it belongs to a uid.
 *
 * @param held what must not be asked again yet, or null
 */
public record ExpansionMemory(
        LastFailure lastFailure, InUse inUse, @Nullable Held held) {

    public static final ExpansionMemory NONE = new ExpansionMemory(LastFailure.NONE_OR_UNCERTAIN, InUse.NOT_SEEN, null);

    /** What the last refusal of the driver says about the size that was asked for. */
    public enum LastFailure {
        /** It may still come: the size must not change. */
        NONE_OR_UNCERTAIN,
        /** It has not come and will not come by itself: another size may be tried. */
        FINAL
    }

    /** Whether the driver has refused because the volume was in use. */
    public enum InUse {
        NOT_SEEN,
        SEEN
    }

    /**
     * The driver called this size infeasible.
     *
     * @param until by the monotonic clock
     * @param retryNow the claim's annotation of that moment; another value ends the hold
     */
    public record Held(
            Quantity size, Duration until, @Nullable String retryNow) {}
}
