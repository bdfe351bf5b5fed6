package solo.app.dropin;

import com.sun.net.httpserver.HttpHandler;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import solo.app.HttpEndpoint;
import solo.app.StartupProblem;
import solo.app.StopSignal;
import solo.app.options.GoDuration;
import solo.csi.CallMetrics;
import solo.csi.ConnectionOptions;
import solo.csi.CsiException;
import solo.csi.DriverConnection;
import solo.csi.DriverProbe;
import solo.csi.MeasuredCalls;
import solo.csi.RpcDriver;
import solo.csi.UnixSocket;
import solo.csi.UnusableSocketException;
import solo.livenessprobe.Liveness;
import solo.livenessprobe.LivenessEndpoints;
import solo.livenessprobe.LivenessHandler;
import solo.livenessprobe.LivenessOptions;
import solo.livenessprobe.csi.SocketProbe;

/** {@code solo livenessprobe}: the command line of livenessprobe 2.19. */
@Command(
        name = "livenessprobe",
        hidden = true,
        sortOptions = false,
        description = "Answers the kubelet's /healthz by asking a CSI driver's Probe, as livenessprobe does.")
public final class LivenessProbeCommand implements Callable<Integer> {

    @Option(
            names = "--csi-address",
            defaultValue = "/run/csi/socket",
            paramLabel = "SOCKET",
            description = "The driver's socket. Default: ${DEFAULT-VALUE}.")
    private String csiAddress = "";

    @Option(
            names = "--probe-timeout",
            defaultValue = "3s",
            converter = GoDuration.class,
            paramLabel = "TIME",
            description = "For connecting and Probe together. Default: ${DEFAULT-VALUE}.")
    private Duration probeTimeout = Duration.ZERO;

    @Option(
            names = "--http-endpoint",
            defaultValue = "",
            paramLabel = "[HOST]:PORT",
            description = "Serve /healthz and the metrics there. Default: /healthz alone at 0.0.0.0:9808.")
    private String httpEndpoint = "";

    @Option(
            names = "--health-port",
            defaultValue = LivenessOptions.DEFAULT_HEALTH_PORT,
            paramLabel = "PORT",
            description = "Deprecated. Default: ${DEFAULT-VALUE}.")
    private String healthPort = "";

    @Option(names = "--metrics-address", defaultValue = "", paramLabel = "[HOST]:PORT", description = "Deprecated.")
    private String metricsAddress = "";

    @Option(
            names = "--metrics-path",
            defaultValue = "/metrics",
            paramLabel = "PATH",
            description = "Path of the metrics. Default: ${DEFAULT-VALUE}.")
    private String metricsPath = "";

    @Mixin
    private final GoCommonFlags common = new GoCommonFlags();

    @Override
    public Integer call() throws StartupProblem, InterruptedException {
        common.apply();
        LivenessEndpoints endpoints = LivenessEndpoints.of(
                new LivenessOptions(csiAddress, probeTimeout, httpEndpoint, healthPort, metricsAddress, metricsPath));
        if (endpoints instanceof LivenessEndpoints.Contradiction(String sentence)) {
            throw new StartupProblem(sentence);
        }
        PrometheusRegistry registry = new PrometheusRegistry();
        JvmMetrics.builder().register(registry);
        HttpHandler health = new LivenessHandler(liveness(CallMetrics.ofCaller(registry)));
        serve(endpoints, health, HttpEndpoint.metrics(registry));
        return StopSignal.awaitThen(() -> 0);
    }

    /** Waits for the driver as long as it takes: before there is one, the kubelet finds nobody to ask. */
    private Liveness liveness(CallMetrics metrics) throws StartupProblem, InterruptedException {
        try {
            UnixSocket socket = UnixSocket.parse(csiAddress);
            String driver = driverName(socket, metrics);
            return new Liveness(
                    new SocketProbe(socket, around -> new MeasuredCalls(around, metrics, () -> driver)), probeTimeout);
        } catch (UnusableSocketException unusable) {
            throw new StartupProblem("--csi-address: " + unusable.sentence(), unusable);
        } catch (CsiException refused) {
            throw new StartupProblem(
                    "the driver at " + csiAddress + " does not tell its name: " + refused.goText(), refused);
        }
    }

    private static String driverName(UnixSocket socket, CallMetrics metrics)
            throws UnusableSocketException, CsiException, InterruptedException {
        try (DriverConnection connection =
                DriverConnection.open(socket, ConnectionOptions.DEFAULT.withBudget(Duration.ZERO))) {
            var asked = new MeasuredCalls(connection.calls(), metrics, () -> MeasuredCalls.UNKNOWN_DRIVER);
            return DriverProbe.identity(new RpcDriver(asked)).name();
        }
    }

    @SuppressWarnings("resource") // the servers live as long as the process
    private static void serve(LivenessEndpoints endpoints, HttpHandler health, HttpHandler metrics)
            throws StartupProblem {
        switch (endpoints) {
            case LivenessEndpoints.HealthOnly(String address) ->
                HttpEndpoint.open("--health-port", address, Map.of("/healthz", health));
            case LivenessEndpoints.Together(String address, String path) ->
                HttpEndpoint.open(address, Map.of("/healthz", health, path, metrics));
            case LivenessEndpoints.Apart(String address, String metricsAddress, String path) -> {
                HttpEndpoint.open("--metrics-address", metricsAddress, Map.of(path, metrics));
                HttpEndpoint.open("--health-port", address, Map.of("/healthz", health));
            }
            case LivenessEndpoints.Contradiction(String sentence) -> throw new StartupProblem(sentence);
        }
    }
}
