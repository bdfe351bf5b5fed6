package solo.simulation;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;

/**
 * Worlds in which an old leader, held up or cut off, goes on for a while beside the new one. What it sent before it
 * learned of its fall still arrives, and nobody can call it back: the rules that a late request can break are let pass in
 * few runs, which are named; everything else must hold in all.
 */
public final class TwoLeaders {
    /** About six times in a run. */
    private static final Chaos CHAOS = Chaos.USUAL.withOverlaps(20);

    /** In no more than one of so many runs may it show. The worst of these worlds comes to one in a hundred. */
    private static final int ONE_LATE_IN = 50;

    private final Supplier<Scenario> scenario;
    private final Set<String> late;
    private final Set<Long> seeds = new ConcurrentSkipListSet<>();

    private TwoLeaders(Supplier<Scenario> scenario, Set<String> late) {
        this.scenario = scenario;
        this.late = late;
    }

    /** As {@link Seeds#run(String, int, Supplier)}; {@code late} names the rules that a late request can break. */
    public static void run(String what, int usual, Supplier<Scenario> scenario, Set<String> late) {
        String name = what + ", two leaders";
        if (System.getProperty("solo.seed") != null) {
            Seeds.run(name, () -> scenario.get().chaos(CHAOS));
            return;
        }
        TwoLeaders all = new TwoLeaders(scenario, late);
        Simulations.Summary summary = Seeds.runEach(name, usual, all::run);
        System.out.println(name + ": late requests show in seeds " + all.seeds);
        if (all.seeds.size() > Math.max(1, summary.runs() / ONE_LATE_IN)) {
            throw new AssertionError(
                    name + ": late requests show in " + all.seeds.size() + " of " + summary.runs() + " runs");
        }
    }

    private SimulationResult run(long seed) {
        try {
            return new Simulation(scenario.get().chaos(CHAOS), seed).run();
        } catch (SimulationFailure failure) {
            if (late.stream().noneMatch(failure::names)) {
                throw failure;
            }
            seeds.add(seed);
            return new Simulation(scenario.get().chaos(CHAOS).without(late), seed).run();
        }
    }
}
