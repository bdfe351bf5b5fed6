package solo.simulation;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The people of a simulated cluster, who create and delete as they like. */
public interface Users {

    default void begin(World world) {}

    /** What somebody does next; null when they have had enough. */
    @Nullable
    Move next(World world, RandomGenerator random);

    /** From now on nothing goes wrong any more: what they broke for others, they repair. */
    default void calm(World world) {}

    /** They give everything back that they asked for; afterwards nothing of it may be left anywhere. */
    void leave(World world);
}
