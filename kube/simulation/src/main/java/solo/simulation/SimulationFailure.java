package solo.simulation;

import java.io.Serial;
import java.util.List;

/** A rule was broken. Says which, under which seed, and what happened last, so that the run can be repeated. */
public final class SimulationFailure extends AssertionError {

    @Serial
    private static final long serialVersionUID = 1L;

    private final long seed;

    SimulationFailure(long seed, String what, List<String> lastSteps, Throwable cause) {
        super(
                "seed " + seed + ": " + what + "\nlast steps:\n" + String.join("\n", lastSteps) + "\nrepeat with seed "
                        + seed,
                cause);
        this.seed = seed;
    }

    public long seed() {
        return seed;
    }
}
