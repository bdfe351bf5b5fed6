package solo.kube;

import java.time.Duration;

/** How long a key waits after its n-th failure in a row: {@code start * 2^n}, at most {@code max}, no jitter (as in Go). */
public record Backoff(Duration start, Duration max) {

    /** The Go sidecars' defaults: 1 s doubling to 5 min. */
    public static final Backoff DEFAULT = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    /** {@code failures} counts from 0 for the first wait. */
    public Duration delay(int failures) {
        Duration delay = start;
        for (int i = 0; i < failures && delay.compareTo(max) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        return delay.compareTo(max) < 0 ? delay : max;
    }
}
