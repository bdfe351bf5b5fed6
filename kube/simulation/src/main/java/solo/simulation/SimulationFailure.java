package solo.simulation;

import java.io.Serial;
import java.util.List;

/** A rule was broken. Says which, under which seed, and what happened last, so that the run can be repeated. */
public final class SimulationFailure extends AssertionError {

    @Serial
    private static final long serialVersionUID = 1L;

    private final long seed;
    private final transient List<String> steps;

    SimulationFailure(long seed, String what, List<String> steps, Throwable cause) {
        super(
                "seed " + seed + ": " + what + "\nlast steps:\n"
                        + String.join("\n", steps.subList(Math.max(0, steps.size() - Trace.SHOWN), steps.size()))
                        + "\nrepeat with seed " + seed,
                cause);
        this.seed = seed;
        this.steps = List.copyOf(steps);
    }

    /** Whether it is the rule of this name that was broken. */
    boolean names(String rule) {
        Throwable cause = getCause();
        return cause != null && String.valueOf(cause.getMessage()).contains(": " + rule + ": ");
    }

    public long seed() {
        return seed;
    }

    /** Everything that happened, oldest first. */
    public List<String> steps() {
        return steps;
    }
}
