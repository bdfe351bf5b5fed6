package solo.csi;

import java.time.Duration;

/**
 * How to connect to a driver.
 *
 * @param budget how long the first connection may take; zero means for ever. Later ones are tried for ever.
 * @param notice how often to log that it is still being waited for
 * @param lost run once each time an established connection is lost, before it is tried again
 */
public record ConnectionOptions(Duration budget, Duration notice, Runnable lost) {
    /** The Go sidecars' 30 and 10 seconds. */
    public static final ConnectionOptions DEFAULT =
            new ConnectionOptions(Duration.ofSeconds(30), Duration.ofSeconds(10), () -> {});

    public ConnectionOptions withBudget(Duration budget) {
        return new ConnectionOptions(budget, notice, lost);
    }

    public ConnectionOptions whenLost(Runnable lost) {
        return new ConnectionOptions(budget, notice, lost);
    }
}
