package solo.livenessprobe;

import java.time.Duration;

/**
 * The command line of the Go livenessprobe, already parsed; an empty string is a flag that was not given.
 *
 * @param healthPort a string, as in Go
 */
public record LivenessOptions(
        String csiAddress,
        Duration probeTimeout,
        String httpEndpoint,
        String healthPort,
        String metricsAddress,
        String metricsPath) {

    public static final String DEFAULT_HEALTH_PORT = "9808";

    public static final LivenessOptions DEFAULTS =
            new LivenessOptions("/run/csi/socket", Duration.ofSeconds(3), "", DEFAULT_HEALTH_PORT, "", "/metrics");
}
