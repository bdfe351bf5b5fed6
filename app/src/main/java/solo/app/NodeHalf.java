package solo.app;

import com.sun.net.httpserver.HttpHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solo.app.options.SoloOptions;
import solo.csi.CallMetrics;
import solo.csi.Driver;
import solo.csi.DriverServer;
import solo.csi.InProcessCalls;
import solo.csi.MeasuredCalls;
import solo.csi.RpcDriver;
import solo.csi.SocketAccess;
import solo.csi.UnixSocket;
import solo.csi.UnusableSocketException;
import solo.kube.Health;
import solo.livenessprobe.Liveness;
import solo.livenessprobe.ProbeResult;
import solo.registrar.Registration;
import solo.registrar.RegistrationHealthHandler;
import solo.registrar.RegistrationOptions;
import solo.registrar.RegistrationOptions.TryAgain;
import solo.registrar.RegistrationState;

/** The kubelet's side: the bundled driver on a socket, its registration, and whether it is alive. */
final class NodeHalf implements AutoCloseable {

    private final Registration registration;
    private final @Nullable DriverServer server;
    private final Thread keeper;
    private final String driverName;
    private final SoloOptions options;

    private NodeHalf(String driverName, SoloOptions options, Registration registration, @Nullable DriverServer server) {
        this.driverName = driverName;
        this.options = options;
        this.registration = registration;
        this.server = server;
        this.keeper = Thread.ofPlatform().daemon().name("registration").start(registration::run);
    }

    static NodeHalf start(DriverAccess access, SoloOptions options, PrometheusRegistry registry) throws StartupProblem {
        String name = access.identity().name();
        Path kubelet = options.node.kubeletDir.toAbsolutePath();
        Path socket = kubelet.resolve("plugins").resolve(name).resolve("csi.sock");
        Driver bundled = access.bundled();
        try {
            DriverServer server = bundled == null
                    ? null
                    : DriverServer.start(new UnixSocket(socket), SocketAccess.OWNER, measured(bundled, name, registry));
            Registration registration = new Registration(new RegistrationOptions(
                    kubelet.resolve("plugins_registry"), name, endpoint(options, bundled, socket), TryAgain.DEFAULT));
            registration.start();
            return new NodeHalf(name, options, registration, server);
        } catch (UnusableSocketException unusable) {
            throw new StartupProblem("--kubelet-dir " + kubelet + ": " + unusable.getMessage(), unusable);
        }
    }

    private static Driver measured(Driver driver, String name, PrometheusRegistry registry) {
        return new RpcDriver(new MeasuredCalls(new InProcessCalls(driver), CallMetrics.ofDriver(registry), () -> name));
    }

    private static String endpoint(SoloOptions options, @Nullable Driver bundled, Path socket) {
        if (options.node.registrationPath != null) {
            return options.node.registrationPath;
        }
        String external = options.driver.csiAddress;
        return bundled != null || external == null ? socket.toString() : external;
    }

    /** Whether the kubelet has taken the driver. */
    Health health() {
        RegistrationState state = registration.state();
        Health.Status status = switch (state) {
            case RegistrationState.Registered _ -> Health.Status.OK;
            case RegistrationState.Offered _, RegistrationState.Refused _, RegistrationState.Unavailable _ ->
                Health.Status.WAITING;
            case RegistrationState.Replaced _, RegistrationState.Stopped _ -> Health.Status.FAILED;
        };
        return Health.of("registration", status, state.sentence());
    }

    /** The registrar's own path, with its statuses. */
    Map<String, HttpHandler> handlers() {
        Map<String, HttpHandler> handlers = new LinkedHashMap<>();
        handlers.put(
                "/healthz/registration",
                new RegistrationHealthHandler(registration.socket(), driverName, options.node.probeTimeout));
        return handlers;
    }

    @Override
    public void close() {
        registration.close();
        keeper.interrupt();
        if (server != null) {
            server.close();
        }
    }

    /** Asks the driver's Probe, as livenessprobe does. */
    static Health liveness(Liveness liveness) {
        try {
            ProbeResult result = liveness.check();
            boolean ready = result instanceof ProbeResult.Ready;
            return Health.of("driver", ready ? Health.Status.OK : Health.Status.FAILED, result.text());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Health.of("driver", Health.Status.WAITING, "stopping");
        }
    }
}
