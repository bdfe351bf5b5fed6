package solo.kube.fabric8;

import java.time.Duration;
import java.util.Map;
import solo.kube.model.ObjectKey;

/**
 * Which lease, and who competes for it.
 *
 * @param identity who we are, see {@link LeaseNames#identity}; no other process may have it
 * @param labels put on the Lease
 */
public record LeaseOptions(String namespace, String name, String identity, Map<String, String> labels, Timing timing) {

    /**
     * When a lease is renewed, lost and free.
     *
     * @param lease how long others leave an unrenewed lease alone
     * @param renewDeadline how long we lead without a successful renewal
     * @param retryPeriod time between renewals
     */
    public record Timing(Duration lease, Duration renewDeadline, Duration retryPeriod) {

        /** The Go sidecars' durations. */
        public static final Timing DEFAULT =
                new Timing(Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(5));

        public Timing {
            if (lease.compareTo(renewDeadline) <= 0 || lease.toSeconds() < 1) {
                throw new IllegalArgumentException("the lease duration must be longer than the renew deadline and at"
                        + " least 1 s, got " + lease + " and " + renewDeadline);
            }
            if (renewDeadline.compareTo(retryPeriod) <= 0 || !retryPeriod.isPositive()) {
                throw new IllegalArgumentException("the renew deadline must be longer than the retry period, got "
                        + renewDeadline + " and " + retryPeriod);
            }
        }
    }

    public LeaseOptions {
        labels = Map.copyOf(labels);
    }

    ObjectKey key() {
        return new ObjectKey(namespace, name);
    }
}
