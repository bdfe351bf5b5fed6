package solo.healthmonitor;

import java.time.Duration;
import solo.kube.Backoff;

/**
 * external-health-monitor's flags, as far as they are its own.
 *
 * @param listInterval {@code --list-volumes-interval}: the pause between two lists
 * @param volumeInterval {@code --volume-list-add-interval}: the pause between two looks at one volume, for a driver
 *     that has no list
 * @param workers {@code --worker-threads}: volumes asked for at once
 */
public record HealthMonitorOptions(
        Duration listInterval, Duration volumeInterval, int workers, Backoff backoff, NodeWatch nodes) {

    /** {@code --enable-node-watcher}. */
    public enum NodeWatch {
        ON,
        OFF
    }

    public static final HealthMonitorOptions DEFAULT =
            new HealthMonitorOptions(Duration.ofMinutes(5), Duration.ofMinutes(5), 10, Backoff.DEFAULT, NodeWatch.OFF);
}
