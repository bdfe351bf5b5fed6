package solo.app.options;

import java.util.ArrayList;
import java.util.List;
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

    @Option(names = "--metrics-address", hidden = true, paramLabel = "[HOST]:PORT")
    public @Nullable String metricsAddress;

    @Option(names = "--enable-pprof", hidden = true, arity = "0..1", fallbackValue = "true", defaultValue = "false")
    public boolean enablePprof;

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

    /** Where to listen, or null for nowhere; --metrics-address is the Go sidecars' older name for it. */
    public @Nullable String address() {
        if (httpEndpoint != null && metricsAddress != null) {
            throw new IllegalArgumentException(
                    "--http-endpoint and --metrics-address exclude each other; leave out --metrics-address");
        }
        return httpEndpoint == null ? metricsAddress : httpEndpoint;
    }

    /** What was given and has no effect, a sentence each. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (enablePprof) {
            notes.add("--enable-pprof has no effect: a JVM is profiled with jcmd or JDK Flight Recorder");
        }
        if (metricsAddress != null) {
            notes.add("--metrics-address is deprecated and taken as --http-endpoint");
        }
        return notes;
    }
}
