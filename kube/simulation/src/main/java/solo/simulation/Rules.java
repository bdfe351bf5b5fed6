package solo.simulation;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the rules of a run whenever something changed, and knows when that was. */
final class Rules {

    /** What a rule can see; as long as it stays the same, no rule can break. */
    private record State(long revision, int effects) {}

    private final World world;
    private final List<Invariant> invariants;
    private State asked = new State(-1, -1);
    private Duration changed = Duration.ZERO;

    Rules(World world, List<Invariant> invariants) {
        this.world = world;
        this.invariants = invariants;
    }

    /** True if something changed since the last time; throws if a rule is broken. */
    boolean check() {
        State now = new State(world.server().revision(), world.backend().effectCount());
        if (now.equals(asked)) {
            return false;
        }
        asked = now;
        changed = world.clock().sinceStart();
        for (Invariant rule : invariants) {
            refuse("broken: ", rule, rule.broken(world));
        }
        return true;
    }

    /** When something changed last. */
    Duration changed() {
        return changed;
    }

    void checkAtRest(String phase) {
        for (Invariant rule : invariants) {
            refuse("broken at rest (" + phase + "): ", rule, rule.brokenAtRest(world));
        }
    }

    private static void refuse(String when, Invariant rule, @Nullable String how) {
        if (how != null) {
            throw new AssertionError(when + rule.name() + ": " + how);
        }
    }
}
