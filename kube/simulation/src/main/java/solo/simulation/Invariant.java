package solo.simulation;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something that must hold in every simulated world. May remember what it saw before; each run has one of its own.
 *
 * @see Invariants
 */
public interface Invariant {

    /** A sentence naming the rule. */
    String name();

    /** Asked after every step that changed something: what breaks the rule, or null. */
    default @Nullable String broken(World world) {
        return null;
    }

    /** Asked when everything has come to rest without faults: what breaks the rule, or null. */
    default @Nullable String brokenAtRest(World world) {
        return null;
    }

    /** A rule without memory that holds at every step, and so at rest. */
    static Invariant always(String name, Function<World, @Nullable String> broken) {
        return new Invariant() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public @Nullable String broken(World world) {
                return broken.apply(world);
            }
        };
    }

    /** A rule without memory that holds whenever there is nothing left to do. */
    static Invariant atRest(String name, Function<World, @Nullable String> broken) {
        return new Invariant() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public @Nullable String brokenAtRest(World world) {
                return broken.apply(world);
            }
        };
    }
}
