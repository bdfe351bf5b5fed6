package solo.simulation;

import java.time.Duration;
import java.time.Instant;
import solo.kube.Clock;

/** Time that stands still until a test or the simulation moves it. */
public final class VirtualClock implements Clock {

    /** Where every simulation starts: any fixed moment will do. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private volatile Instant now = START;

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public long nanos() {
        return sinceStart().toNanos();
    }

    public Duration sinceStart() {
        return Duration.between(START, now);
    }

    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("time goes forward only, not by " + by);
        }
        now = now.plus(by);
    }

    /** Moves to {@code then}; does nothing if that is past. */
    public void advanceTo(Instant then) {
        if (then.isAfter(now)) {
            now = then;
        }
    }
}
