package solo.resizer.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a claim between two attempts to modify its volume. Without memory, so after a start, a
 * modification in progress counts as uncertain.
 */
public record ModifyMemory(
        LastFailure lastFailure, @Nullable Held held) {

    public static final ModifyMemory NONE = new ModifyMemory(LastFailure.NONE_OR_UNCERTAIN, null);

    /** What the last refusal of the driver says about the class that was asked for. */
    public enum LastFailure {
        /** It may still be applied: the target must not change. */
        NONE_OR_UNCERTAIN,
        /** It has not been applied: another class may be tried. */
        FINAL
    }

    /**
     * The driver called this class infeasible.
     *
     * @param until by the monotonic clock
     * @param retryNow the claim's annotation of that moment; another value ends the hold
     */
    public record Held(
            String target, Duration until, @Nullable String retryNow) {}
}
