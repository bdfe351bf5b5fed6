package solo.provisioner.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import solo.simulation.Chaos;
import solo.simulation.Objects;
import solo.simulation.Scenario;
import solo.simulation.Simulation;
import solo.simulation.SimulationFailure;
import solo.simulation.SimulationResult;
import solo.simulation.Simulations;

/**
 * The provisioner under every order of things that a seed can name. {@code -Dsolo.seeds=N} runs more of them, {@code
 * -Dsolo.seed=N} only that one, and shows its steps.
 */
class ProvisionerSeedsTest {

    private static final int SEEDS = Integer.getInteger("solo.seeds", 10_000);

    private static final int SEEDS_OF_COPIES = Integer.getInteger("solo.seeds", 2_000);
    /** Two leaders are run one seed at a time, some of them twice. */
    private static final int SEEDS_OF_TWO_LEADERS = Integer.getInteger("solo.seeds", 300);

    @ParameterizedTest
    @EnumSource
    void no_seed_breaks_a_rule(ProvisionerScenario world) {
        run(world + ", faults and crashes", world::scenario, SEEDS);
    }

    /** Their sources are deleted under way, too. */
    @ParameterizedTest
    @EnumSource(names = "EVERYWHERE")
    void no_seed_breaks_a_rule_where_claims_are_filled_from_others(ProvisionerScenario world) {
        run(world + ", copies", world::copying, SEEDS_OF_COPIES);
    }

    /**
     * A class comes back with other parameters while CreateVolume is on its way, its answer lost, or the process that asked
     * dead. Taken out: that the class counts as it was ({@code ClassOfRequest}), then the driver says ALREADY_EXISTS for ever
     * and seeds 3, 16 and 16 leak; that a note of another request is put right ({@code UnfinishedRecord.misleads}), then 3448,
     * 1616 and 1616 do.
     */
    @ParameterizedTest
    @EnumSource
    void no_seed_breaks_a_rule_where_classes_are_edited(ProvisionerScenario world) {
        run(world + ", edited classes", world::editing, SEEDS);
    }

    @ParameterizedTest
    @EnumSource(names = "EVERYWHERE")
    void no_seed_breaks_a_rule_where_claims_are_filled_from_others_by_edited_classes(ProvisionerScenario world) {
        run(world + ", copies by edited classes", world::copyingAndEditing, SEEDS_OF_COPIES);
    }

    /**
     * A request that the old leader sent just before it learned of its fall can still arrive, and nobody can call it back.
     * So a volume may be made once more for a claim that is gone, or a PersistentVolume of a volume that is gone. Both are
     * usually taken away again; a volume that the driver makes in the background after the new leader's DeleteVolume is
     * not, which is a known gap. These three, and nothing else, are let pass in one of a hundred runs, and printed.
     */
    @ParameterizedTest
    @EnumSource
    void two_leaders_lose_nothing_and_leak_at_most_what_arrives_late(ProvisionerScenario world) {
        Chaos chaos = Chaos.USUAL.withOverlaps(20);
        long effects = 0;
        long crashes = 0;
        List<Long> late = new ArrayList<>();
        int count = count(SEEDS_OF_TWO_LEADERS);
        for (long seed = first(); seed < first() + count; seed++) {
            SimulationResult result;
            try {
                result = new Simulation(world.scenario().chaos(chaos), seed).run();
            } catch (SimulationFailure failure) {
                if (ProvisionerInvariants.LATE.stream().noneMatch(String.valueOf(failure.getMessage())::contains)) {
                    throw named(world + ", two leaders", failure);
                }
                late.add(seed);
                result = new Simulation(
                                world.without(ProvisionerInvariants.LATE, world.usual())
                                        .chaos(chaos),
                                seed)
                        .run();
            }
            effects += result.effects();
            crashes += result.crashes();
        }
        System.out.printf(
                "%s, two leaders: %,d runs, %,d effects, %,d crashes, 0 violations, late requests in seeds %s%n",
                world, count, effects, crashes, late);
        assertThat(late).hasSizeLessThanOrEqualTo(Math.max(1, count / 100));
    }

    @ParameterizedTest
    @EnumSource
    void a_claim_s_life_survives_a_crash_after_each_of_its_effects(ProvisionerScenario world) {
        for (long seed = 1; seed <= 5; seed++) {
            System.out.println(world + ", a crash after each effect: "
                    + Simulations.crashAfterEachEffect(
                            () -> world.scenario(() -> world.users(6, Objects.storageClass("fast")))
                                    .chaos(Chaos.NONE)
                                    .steps(150),
                            seed));
        }
    }

    private static long first() {
        return Long.getLong("solo.seed", 1);
    }

    private static int count(int seeds) {
        return System.getProperty("solo.seed") == null ? seeds : 1;
    }

    private static void run(String what, Supplier<Scenario> scenario, int seeds) {
        try {
            System.out.println(what + ": " + Simulations.run(scenario, first(), count(seeds)));
        } catch (SimulationFailure failure) {
            throw named(what, failure);
        }
    }

    /** With every step, if only one seed was asked for. */
    private static AssertionError named(String what, SimulationFailure failure) {
        if (count(SEEDS) == 1) {
            failure.steps().forEach(System.out::println);
        }
        return new AssertionError(
                what + ": " + failure.getMessage() + "\nto see it whole: -Dsolo.seed=" + failure.seed(), failure);
    }
}
