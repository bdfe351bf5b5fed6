package solo.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import solo.simulation.TinyProvisioner.Bug;

/** The simulation lets good controllers live, finds each planted bug, and repeats itself exactly. */
class SimulationTest {

    private static Scenario scenario(Bug... bugs) {
        return Scenario.of(TinyProvisioner.with(bugs))
                .withKubernetes()
                .users(ClaimUsers::usual)
                .invariants(Invariants.ofProvisioning());
    }

    @Test
    void a_careful_provisioner_survives_every_seed() {
        System.out.println(Simulations.run(SimulationTest::scenario, 1, Integer.getInteger("solo.seeds", 500)));
    }

    @ParameterizedTest
    @EnumSource(Bug.class)
    void a_planted_bug_is_found(Bug bug) {
        SimulationFailure failure =
                catchThrowableOfType(SimulationFailure.class, () -> Simulations.run(() -> scenario(bug), 1, 2000));

        assertThat(failure).as("bug " + bug + " not found").isNotNull();
        if (Boolean.getBoolean("solo.show")) {
            System.out.println(bug + " " + failure.getMessage());
        }
    }

    @Test
    void a_seed_repeats_itself_exactly() {
        for (long seed = 1; seed < 20; seed++) {
            long first = new Simulation(scenario(), seed).run().fingerprint();

            assertThat(new Simulation(scenario(), seed).run().fingerprint())
                    .as("seed " + seed)
                    .isEqualTo(first);
        }
    }

    @Test
    void every_moment_at_which_a_crash_can_happen_is_tried() {
        System.out.println(Simulations.crashAfterEachEffect(
                () -> scenario().chaos(Chaos.NONE).steps(200), 7));
    }
}
