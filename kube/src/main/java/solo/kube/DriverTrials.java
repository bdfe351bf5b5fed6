package solo.kube;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys that back off because the driver refused them. Open, as a circuit breaker is, while there are any; closed by
 * the first of them that gets through, and then all may run. No call is ever refused here: a driver that answers some
 * keys and not others must not lose those that it answers. One key that is refused for good costs one call every
 * {@link #PAUSE}, and so do a thousand.
 */
final class DriverTrials<K> {

    /** Between two attempts while every key is refused, and between two times that all of them are let run. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    private final Clock clock;
    /** Those that were refused last come last. */
    private final Set<K> waiting = new LinkedHashSet<>();

    private long due;
    private long released;
    private boolean everReleased;

    DriverTrials(Clock clock) {
        this.clock = clock;
    }

    /** The driver refused this one, and it is delayed now. */
    void failed(K key) {
        waiting.remove(key);
        waiting.add(key);
        due = clock.nanos() + PAUSE.toNanos();
    }

    /** It runs, or is to run: no longer one to be tried. */
    void leave(K key) {
        waiting.remove(key);
    }

    void clear() {
        waiting.clear();
    }

    /** The one to be tried now, that for which it is longest ago; null if it is not time or nothing waits. */
    @Nullable
    K due() {
        if (waiting.isEmpty() || due - clock.nanos() > 0) {
            return null;
        }
        due = clock.nanos() + PAUSE.toNanos();
        return waiting.iterator().next();
    }

    /** How long until {@link #due}; null if nothing waits. */
    @Nullable
    Duration next() {
        return waiting.isEmpty() ? null : Duration.ofNanos(Math.max(0, due - clock.nanos()));
    }

    /** One that the driver had refused has got through: those that may run now. */
    List<K> gotThrough() {
        if (waiting.isEmpty() || (everReleased && clock.nanos() - released < PAUSE.toNanos())) {
            return List.of();
        }
        everReleased = true;
        released = clock.nanos();
        return List.copyOf(waiting);
    }
}
