package solo.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import solo.kube.Kinds;
import solo.kube.model.ObjectKey;
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

    @Test
    void a_director_strikes_at_one_particular_moment() {
        Director crashOnceMade = (simulation, what, count) -> {
            if (what.equals("CreateVolume") && simulation.crashes() == 0) {
                simulation.crash();
                simulation.world().server().remove(Kinds.CLAIM, new ObjectKey("ns", "data"));
            }
        };
        Supplier<Users> oneUser = () -> new ClaimUsers(0, List.of("node-a"), Objects.storageClass("fast"));

        for (boolean protects : new boolean[] {true, false}) {
            Scenario story = Scenario.of(protects ? TinyProvisioner.with() : TinyProvisioner.with(Bug.NO_PROTECTION))
                    .withKubernetes()
                    .users(oneUser)
                    .begin(world -> world.server().add(Objects.claim("ns/data").storageClass("fast")))
                    .chaos(Chaos.NONE)
                    .director(() -> crashOnceMade)
                    .invariant(Invariants::everyVolumeIsAccountedFor);
            Simulation simulation = new Simulation(story, 1);

            assertThat(catchThrowable(simulation::run) == null)
                    .as("ext-provisioner #486")
                    .isEqualTo(protects);
        }
    }

    @Test
    void a_thread_of_a_killed_process_touches_nothing_any_more() {
        AtomicInteger effects = new AtomicInteger();
        Director count = (simulation, what, number) -> effects.incrementAndGet();

        SimulationResult result =
                new Simulation(scenario().director(() -> count).chaos(Chaos.USUAL.withCrashes(100)), 3).run();

        assertThat(result.crashes()).isGreaterThan(5);
        assertThat(effects).hasValue(result.effects());
    }

    /** It deletes what the other one is about to save: the fence is all that keeps two processes apart. */
    @Test
    void two_processes_that_both_believe_to_lead_are_seen_to_conflict() {
        assertThat(catchThrowable(() -> Simulations.run(() -> scenario().chaos(Chaos.USUAL.withOverlaps(6)), 1, 1000)))
                .isInstanceOf(SimulationFailure.class);
    }

    @Test
    void of_two_leaders_only_what_is_named_is_let_pass_and_only_if_it_is_rare() {
        Set<String> everything = Invariants.ofProvisioning().stream()
                .map(rule -> rule.get().name())
                .collect(Collectors.toSet());

        assertThatThrownBy(() -> TwoLeaders.run("tiny", 300, SimulationTest::scenario, Set.of()))
                .hasMessageContaining("broken");
        assertThatThrownBy(() -> TwoLeaders.run("buggy", 100, () -> scenario(Bug.NO_PROTECTION), everything))
                .hasMessageContaining("late requests show in");
    }
}
