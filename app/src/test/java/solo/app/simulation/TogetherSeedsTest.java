package solo.app.simulation;

import org.junit.jupiter.api.Test;
import solo.simulation.Chaos;
import solo.simulation.Scenario;
import solo.simulation.Seeds;
import solo.simulation.Simulations;
import solo.simulation.TwoLeaders;

/**
 * All controllers together under every order of things that a seed can name. {@code -Dsolo.seeds=N} runs more of them,
 * {@code -Dsolo.seed=N} only that one, and shows its steps.
 */
class TogetherSeedsTest {
    @Test
    void no_seed_breaks_a_rule() {
        Seeds.run("all together, faults and crashes", 8_000, () -> scenario(12).steps(200));
    }

    @Test
    void no_seed_breaks_a_rule_where_snapshots_are_taken_and_restored() {
        Seeds.run(
                "all together with snapshots, faults and crashes",
                8_000,
                () -> restoring(16).steps(200));
    }

    @Test
    void no_seed_breaks_a_rule_where_two_lead_at_once() {
        TwoLeaders.run("all together", 2_000, () -> scenario(12).steps(200), TogetherInvariants.LATE);
    }

    @Test
    void no_seed_breaks_a_rule_where_two_lead_at_once_and_snapshots_are_restored() {
        TwoLeaders.run("all together with snapshots", 2_000, () -> restoring(16).steps(200), TogetherInvariants.LATE);
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
}
