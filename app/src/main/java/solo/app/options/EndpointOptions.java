package solo.app.options;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the process tells about itself. */
public final class EndpointOptions {

    @Option(
            names = "--http-endpoint",
            paramLabel = "[HOST]:PORT",
            description =
                    "Serve /metrics, /healthz, /readyz and /debug/waiting there, for example :8080. Default: off.")
    public @Nullable String httpEndpoint;

    @Option(
            names = "--metrics-path",
            paramLabel = "PATH",
            defaultValue = "/metrics",
            description = "Path of the metrics. Default: ${DEFAULT-VALUE}.")
    public String metricsPath = "/metrics";

    @Option(
            names = {"-v", "--v"},
            paramLabel = "LEVEL",
            defaultValue = "0",
            description = "How much is logged: 0 what happens, 4 every decision, 5 every CSI call without its secrets.")
    public int verbosity;
}
