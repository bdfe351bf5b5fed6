package solo.kube;

import java.time.Duration;
import java.time.Instant;

/** Time that passes only when told to. */
public final class FakeClock implements Clock {

    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private long nanos;

    @Override
    public synchronized Instant now() {
        return START.plusNanos(nanos);
    }

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    public synchronized void advance(Duration time) {
        nanos += time.toNanos();
    }
}
