package solo.kube;

import java.time.Duration;

/** Allows {@code burst} at once and then one more each {@code refill}: client-go's flowcontrol, on our clock. */
public final class TokenBucket {

    private final Clock clock;
    private final int burst;
    private final long refillNanos;
    /** When the bucket was or will be full again; later than now by one refill for each token that is out. */
    private long full;

    public TokenBucket(Clock clock, int burst, Duration refill) {
        this.clock = clock;
        this.burst = burst;
        this.refillNanos = refill.toNanos();
        this.full = clock.nanos();
    }

    /** Takes a token if there is one. */
    public synchronized boolean tryTake() {
        long now = clock.nanos();
        long start = full - now > 0 ? full : now;
        if (start - now > (burst - 1) * refillNanos) {
            return false;
        }
        full = start + refillNanos;
        return true;
    }

    /** Takes a token, if need be one of the future: answers how long the caller has to wait for it. */
    public synchronized Duration reserve() {
        long now = clock.nanos();
        full = (full - now > 0 ? full : now) + refillNanos;
        return Duration.ofNanos(Math.max(0, full - now - burst * refillNanos));
    }
}
