package solo.it.cluster;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * Told what is going on while a cluster comes up. Steps may overlap; calls come from several threads. A step that takes
 * longer reports at least each five seconds.
 */
public interface Progress {
    void started(String step);

    /**
     * @param done between 0 and 1, or empty when nobody knows
     */
    void fraction(String step, OptionalDouble done);

    void finished(String step, Duration took);

    /** Runs the action as a step. A step that throws is never finished. */
    default void step(String step, Runnable action) {
        var start = System.nanoTime();
        started(step);
        action.run();
        finished(step, Duration.ofNanos(System.nanoTime() - start));
    }
}
