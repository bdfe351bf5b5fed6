package solo.app;

import com.sun.net.httpserver.HttpHandler;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.app.options.SoloOptions;
import solo.csi.Driver;
import solo.kube.Health;
import solo.livenessprobe.Liveness;

/** Everything that one process runs, built in order and closed in the reverse order. */
public final class SoloProcess implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SoloProcess.class);

    /** Something to close, named for the log. */
    private record Part(String name, AutoCloseable end) {}

    private final Deque<Part> parts = new ArrayDeque<>();
    private final Optional<DriverAccess> access;
    private final Optional<Liveness> liveness;
    private final @Nullable ControllerHalf controller;
    private final @Nullable NodeHalf node;

    private SoloProcess(Set<Role> roles, SoloOptions options, PrometheusRegistry registry)
            throws StartupProblem, InterruptedException {
        Set<Duty> duties = Duty.of(roles, options.nodeDeployment.enabled);
        check(duties, options);
        Verbosity.set(options.endpoint.verbosity);
        options.notes().forEach(log::warn);
        JvmMetrics.builder().register(registry);
        // Marks the series of Solo's own processes among others of the same names, as client-go's and the Go sidecars'.
        Info.builder()
                .name("solo_build_info")
                .help("Which Solo this is.")
                .labelNames("version")
                .register(registry)
                .setLabelValues(SoloVersion.text());
        try {
            access = driver(roles, options, registry);
            access.ifPresent(driver -> parts.push(new Part("driver", driver)));
            liveness = access.map(driver -> driver.liveness(options.node.probeTimeout));
            node = roles.contains(Role.NODE) ? NodeHalf.start(access.orElseThrow(), options, registry) : null;
            if (node != null) {
                parts.push(new Part("node half", node));
            }
            controller = duties.isEmpty() ? null : ControllerHalf.start(access, duties, options, registry);
            if (controller != null) {
                parts.push(new Part("controller half", controller));
            }
            String address = options.endpoint.address();
            if (address != null) {
                parts.push(new Part("http", HttpEndpoint.open(address, handlers(options, registry))));
            }
        } catch (StartupProblem | InterruptedException | RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /** Starts the halves; what the user can mend is told as a {@link StartupProblem}. */
    public static SoloProcess start(Set<Role> roles, SoloOptions options) throws StartupProblem, InterruptedException {
        return start(roles, options, new PrometheusRegistry());
    }

    /** As above, with the metrics in this registry. */
    static SoloProcess start(Set<Role> roles, SoloOptions options, PrometheusRegistry registry)
            throws StartupProblem, InterruptedException {
        return new SoloProcess(roles, options, registry);
    }

    /** Runs until SIGTERM or SIGINT. */
    static int runUntilStopped(Set<Role> roles, SoloOptions options) throws StartupProblem, InterruptedException {
        SoloProcess process = start(roles, options);
        return StopSignal.awaitThen(() -> {
            process.close();
            return 0;
        });
    }

    /** None where snapshot-controller runs alone: it serves all drivers, and this process none in particular. */
    private static Optional<DriverAccess> driver(Set<Role> roles, SoloOptions options, PrometheusRegistry registry)
            throws StartupProblem, InterruptedException {
        if (roles.contains(Role.NODE) || options.controllers.choice.asksDriver()) {
            return Optional.of(DriverAccess.open(options, nodeId(options), registry));
        }
        if (options.driver.isGiven()) {
            log.warn("--driver and --csi-address have no effect: snapshot-controller alone asks no driver");
        }
        return Optional.empty();
    }

    private static String nodeId(SoloOptions options) {
        String given = options.driver.nodeId;
        if (given != null) {
            return given;
        }
        String node = options.environment("NODE_NAME");
        return node != null ? node : HostName.text();
    }

    private static void check(Set<Duty> duties, SoloOptions options) throws StartupProblem {
        try {
            options.check();
        } catch (IllegalArgumentException wrong) {
            throw new StartupProblem(String.valueOf(wrong.getMessage()), wrong);
        }
        if (duties.contains(Duty.PROVISION)) {
            NodeParts.check(options);
            CapacityParts.check(options);
        }
    }

    /** The driver without anything around it; for the tour and for tests. */
    public Driver driver() {
        return access.orElseThrow(() -> new IllegalStateException("this process has no driver"))
                .plain();
    }

    /** Waits until every part is there, the kubelet's registration too. */
    public void awaitReady() throws InterruptedException {
        while (!health().ready()) {
            Thread.sleep(100);
        }
    }

    /** All parts of the process. */
    public Health health() {
        List<Health> found = new ArrayList<>();
        liveness.ifPresent(driver -> found.add(NodeHalf.liveness(driver)));
        if (node != null) {
            found.add(node.health());
        }
        if (controller != null) {
            found.addAll(controller.health());
        }
        return new Health("solo", Health.Status.OK, SoloVersion.text(), found);
    }

    private Map<String, HttpHandler> handlers(SoloOptions options, PrometheusRegistry registry) {
        Map<String, HttpHandler> handlers = new LinkedHashMap<>();
        handlers.put(options.endpoint.metricsPath, HttpEndpoint.metrics(registry));
        handlers.put("/healthz", HttpEndpoint.health(() -> HealthText.healthz(health())));
        handlers.put("/readyz", HttpEndpoint.health(() -> HealthText.readyz(health())));
        if (controller != null) {
            ControllerHalf half = controller;
            handlers.put(
                    WaitingPage.PATH, HttpEndpoint.health(() -> WaitingPage.of(half.waiting(), half.othersLead())));
            handlers.put("/healthz/leader-election", HttpEndpoint.health(() -> HealthText.healthz(half.leaseHealth())));
        }
        if (node != null) {
            handlers.putAll(node.handlers());
        }
        return handlers;
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            try {
                part.end().close();
            } catch (Exception failed) {
                log.warn("part=\"{}\" did not close cleanly", part.name(), failed);
            }
        }
    }
}
