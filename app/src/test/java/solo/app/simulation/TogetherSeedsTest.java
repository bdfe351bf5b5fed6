package solo.app.simulation;

import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import solo.simulation.Chaos;
import solo.simulation.Scenario;
import solo.simulation.Simulation;
import solo.simulation.SimulationFailure;
import solo.simulation.Simulations;

/**
 * All controllers together under every order of things that a seed can name. {@code -Dsolo.seeds=N} runs more of them,
 * {@code -Dsolo.seed=N} only that one, and shows its steps.
 */
class TogetherSeedsTest {
    private static final int SEEDS = Integer.getInteger("solo.seeds", 10_000);

    @Test
    void no_seed_breaks_a_rule() {
        run("all together, faults and crashes", () -> scenario(12).steps(200));
    }

    @Test
    void no_seed_breaks_a_rule_where_snapshots_are_taken_and_restored() {
        run(
                "all together with snapshots, faults and crashes",
                () -> restoring(16).steps(200));
    }

    @Test
    void a_restore_survives_a_crash_after_each_of_its_effects() {
        for (long seed = 1; seed <= 3; seed++) {
            System.out.println("all together with snapshots, a crash after each effect: "
                    + Simulations.crashAfterEachEffect(
                            () -> restoring(10).chaos(Chaos.NONE).steps(200), seed));
        }
    }

    private static Scenario restoring(int wishes) {
        return AllControllers.withSnapshots().users(() -> new RestoringUsers(wishes));
    }

    @Test
    void a_volume_s_life_survives_a_crash_after_each_of_its_effects() {
        for (long seed = 1; seed <= 3; seed++) {
            System.out.println("all together, a crash after each effect: "
                    + Simulations.crashAfterEachEffect(
                            () -> scenario(8).chaos(Chaos.NONE).steps(200), seed));
        }
    }

    private static Scenario scenario(int wishes) {
        return AllControllers.scenario().users(() -> new LivingUsers(wishes));
    }

    private static void run(String what, Supplier<Scenario> scenario) {
        Long only = Long.getLong("solo.seed");
        try {
            if (only == null) {
                System.out.println(what + ": " + Simulations.run(scenario, 1, SEEDS));
            } else {
                System.out.println(what + ": " + new Simulation(scenario.get(), only).run());
            }
        } catch (SimulationFailure failure) {
            if (only != null) {
                failure.steps().forEach(System.out::println);
            }
            throw new AssertionError(
                    what + ": " + failure.getMessage() + "\nto see it whole: -Dsolo.seed=" + failure.seed(), failure);
        }
    }
}
