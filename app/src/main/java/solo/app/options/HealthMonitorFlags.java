package solo.app.options;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How the health of volumes is watched; names and defaults of external-health-monitor. */
public final class HealthMonitorFlags {

    @Option(
            names = "--list-volumes-interval",
            defaultValue = "5m",
            converter = GoDuration.class,
            paramLabel = "TIME",
            description = "Pause between two lists of the volumes' health. Default: ${DEFAULT-VALUE}.")
    public Duration listInterval = Duration.ofMinutes(5);

    @Option(
            names = "--volume-list-add-interval",
            defaultValue = "5m",
            converter = GoDuration.class,
            paramLabel = "TIME",
            description = "Pause between two looks at one volume, where the driver has no list."
                    + " Default: ${DEFAULT-VALUE}.")
    public Duration volumeInterval = Duration.ofMinutes(5);

    @Option(
            names = "--healthmonitor-worker-threads",
            defaultValue = "10",
            paramLabel = "N",
            description = "Volumes asked for at once, where the driver has no list. Default: ${DEFAULT-VALUE}.")
    public int workers = 10;

    @Option(
            names = "--healthmonitor-timeout",
            defaultValue = "15s",
            converter = GoDuration.class,
            paramLabel = "TIME",
            description = "How long one health call may take. Default: ${DEFAULT-VALUE}.")
    public Duration timeout = Duration.ofSeconds(15);

    @Option(
            names = "--enable-node-watcher",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            paramLabel = "BOOL",
            description = "Tell owners of claims when the node under their pods has failed.")
    public boolean nodes;
}
