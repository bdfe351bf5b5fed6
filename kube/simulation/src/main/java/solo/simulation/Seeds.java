package solo.simulation;

import java.util.function.LongFunction;
import java.util.function.Supplier;
import solo.simulation.Simulations.Summary;

/**
 * Runs a scenario under as many seeds as {@code -Dsolo.seeds=N} says, or only the one of {@code -Dsolo.seed=N}, and then
 * shows its steps.
 */
public final class Seeds {
    private static final int USUAL = 10_000;

    private Seeds() {}

    /** Prints what it came to under the name {@code what}; a broken rule is an error that says how to see it whole. */
    public static void run(String what, Supplier<Scenario> scenario) {
        run(what, USUAL, scenario);
    }

    /** The same under so many seeds where no other number is given. */
    public static void run(String what, int usual, Supplier<Scenario> scenario) {
        Long only = Long.getLong("solo.seed");
        if (only != null) {
            Simulation one = new Simulation(scenario.get(), only);
            try {
                System.out.println(what + ": " + one.run());
            } finally {
                one.stepsInWords().forEach(System.out::println);
            }
            return;
        }
        var _ = runEach(what, usual, seed -> new Simulation(scenario.get(), seed).run());
    }

    /** The same for whatever is done with a seed, but never for one alone. */
    static Summary runEach(String what, int usual, LongFunction<SimulationResult> one) {
        try {
            Summary summary = Simulations.runEach(one, 1, Integer.getInteger("solo.seeds", usual));
            System.out.println(what + ": " + summary);
            return summary;
        } catch (SimulationFailure failure) {
            throw new AssertionError(
                    what + ": " + failure.getMessage() + "\nto see it whole: -Dsolo.seed=" + failure.seed(), failure);
        }
    }
}
