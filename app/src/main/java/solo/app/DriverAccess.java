package solo.app;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.app.options.DriverOptions;
import solo.app.options.SoloOptions;
import solo.csi.CallMetrics;
import solo.csi.Calls;
import solo.csi.ConnectionOptions;
import solo.csi.CsiException;
import solo.csi.Driver;
import solo.csi.DriverConnection;
import solo.csi.DriverProbe;
import solo.csi.FencedCalls;
import solo.csi.InProcessCalls;
import solo.csi.LimitedCalls;
import solo.csi.LoggedCalls;
import solo.csi.MeasuredCalls;
import solo.csi.RpcDriver;
import solo.csi.TimedCalls;
import solo.csi.UnixSocket;
import solo.csi.UnusableSocketException;
import solo.csi.model.DriverCapabilities;
import solo.csi.model.DriverIdentity;
import solo.csi.model.NodeCapability;
import solo.csi.model.NodeInfo;
import solo.kube.Leadership;
import solo.livenessprobe.Liveness;
import solo.livenessprobe.ProbeCall;
import solo.livenessprobe.csi.InProcessProbe;
import solo.livenessprobe.csi.SocketProbe;

/** The driver this process works with: one in it as an object, or another one behind its socket. */
final class DriverAccess implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DriverAccess.class);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    /** What is counted and logged of every call. */
    private record Observation(CallMetrics metrics, int longestAnswer) {
        static Observation of(DriverOptions options, PrometheusRegistry registry) {
            return new Observation(
                    CallMetrics.ofCaller(registry),
                    options.longestAnswer <= 0 ? Integer.MAX_VALUE : options.longestAnswer);
        }
    }

    private final Calls calls;
    private final Observation observation;
    private final Runnable end;
    private final DriverIdentity identity;
    private final DriverCapabilities capabilities;
    private final @Nullable Driver bundled;
    private final @Nullable UnixSocket socket;

    private DriverAccess(
            Calls calls, Observation observation, @Nullable Driver bundled, @Nullable UnixSocket socket, Runnable end)
            throws CsiException, InterruptedException {
        this.calls = calls;
        this.observation = observation;
        this.bundled = bundled;
        this.socket = socket;
        this.end = end;
        Driver asked = new RpcDriver(stack(calls, MeasuredCalls.UNKNOWN_DRIVER, START_TIMEOUT));
        DriverProbe.awaitReady(asked, DriverProbe.PAUSE);
        this.identity = DriverProbe.identity(asked);
        this.capabilities = DriverProbe.capabilities(asked);
        log.info(
                "driver={} version={} capabilities={}", identity.name(), identity.version(), capabilities.controller());
    }

    static DriverAccess open(SoloOptions all, String nodeId, PrometheusRegistry registry)
            throws StartupProblem, InterruptedException {
        DriverOptions options = all.driver;
        Observation observation = Observation.of(options, registry);
        if (options.maxCalls < 0) {
            throw new StartupProblem("--max-driver-calls: " + options.maxCalls + " is less than 0");
        }
        return switch (options.choice()) {
            case local -> inProcess(all, nodeId, observation);
            case socket -> onSocket(options, observation);
        };
    }

    private static DriverAccess inProcess(SoloOptions all, String nodeId, Observation observation)
            throws StartupProblem, InterruptedException {
        DriverOptions options = all.driver;
        try {
            Driver driver = all.inProcess.open(options, nodeId);
            return new DriverAccess(limited(new InProcessCalls(driver), options), observation, driver, null, () -> {});
        } catch (IOException unusable) {
            throw new StartupProblem("--state-dir " + options.stateDir + ": " + unusable.getMessage(), unusable);
        } catch (CsiException refused) {
            throw new StartupProblem("the driver in this process does not start: " + refused.getMessage(), refused);
        }
    }

    private static DriverAccess onSocket(DriverOptions options, Observation observation)
            throws StartupProblem, InterruptedException {
        String address = options.csiAddress == null ? "/run/csi/socket" : options.csiAddress;
        try {
            UnixSocket socket = socket(address);
            DriverConnection connection = DriverConnection.open(socket, ConnectionOptions.DEFAULT);
            return new DriverAccess(limited(connection.calls(), options), observation, null, socket, connection::close);
        } catch (UnusableSocketException unusable) {
            throw new StartupProblem("--csi-address: " + unusable.getMessage(), unusable);
        } catch (CsiException refused) {
            throw new StartupProblem(
                    "the driver at " + address + " refuses to be asked who it is: " + refused.goText(), refused);
        }
    }

    /** One limit for all controllers; how long a call may wait for its turn is up to its own deadline. */
    private static Calls limited(Calls calls, DriverOptions options) {
        return options.maxCalls == 0 ? calls : new LimitedCalls(calls, options.maxCalls, LONGEST_WAIT);
    }

    private static UnixSocket socket(String address) throws StartupProblem {
        String path = address.startsWith("unix://") ? address.substring("unix://".length()) : address;
        if (!path.startsWith("/")) {
            throw new StartupProblem("--csi-address: '" + address
                    + "' is no unix socket; write an absolute path like /run/csi/socket, or unix:///run/csi/socket");
        }
        return new UnixSocket(Path.of(path));
    }

    DriverIdentity identity() {
        return identity;
    }

    DriverCapabilities capabilities() {
        return capabilities;
    }

    /** Of the node half, if the driver lives in this process: one behind a socket is the kubelet's to ask. */
    Set<NodeCapability> nodeCapabilities() {
        if (bundled == null) {
            return Set.of();
        }
        try {
            return DriverProbe.nodeCapabilities(new RpcDriver(stack(calls, identity.name(), START_TIMEOUT)));
        } catch (CsiException none) {
            log.debug("driver={} says nothing of its node half: {}", identity.name(), none.goText());
            return Set.of();
        }
    }

    /** What the driver says of the node it runs on. */
    NodeInfo nodeInfo() throws CsiException {
        return DriverProbe.nodeInfo(new RpcDriver(stack(calls, identity.name(), START_TIMEOUT)));
    }

    /** The driver object itself if it lives in this process. */
    @Nullable
    Driver bundled() {
        return bundled;
    }

    /** What a controller is given: timed, measured, logged, and only while this process leads. */
    Driver forController(Leadership leadership, Duration timeout) {
        return new RpcDriver(new FencedCalls(stack(calls, identity.name(), timeout), leadership::leading));
    }

    /** Without deadline, metrics and logs. */
    Driver plain() {
        return bundled != null ? bundled : new RpcDriver(calls);
    }

    /** Asks the driver's Probe as livenessprobe does: on a new connection each time if it is behind a socket. */
    Liveness liveness(Duration timeout) {
        ProbeCall probe = socket == null
                ? new InProcessProbe(plain().identity())
                : new SocketProbe(socket, around -> new MeasuredCalls(around, observation.metrics(), identity::name));
        return new Liveness(probe, timeout);
    }

    private Calls stack(Calls end, String name, Duration timeout) {
        return new LoggedCalls(
                new MeasuredCalls(new TimedCalls(end, timeout), observation.metrics(), () -> name),
                observation.longestAnswer());
    }

    @Override
    public void close() {
        end.run();
    }
}
