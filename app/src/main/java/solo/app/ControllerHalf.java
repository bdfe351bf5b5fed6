package solo.app;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import solo.app.options.ElectionOptions;
import solo.app.options.SoloOptions;
import solo.kube.Clock;
import solo.kube.Controller;
import solo.kube.ControllerRuntime;
import solo.kube.Events;
import solo.kube.Health;
import solo.kube.Leadership;
import solo.kube.OutcomeReport;
import solo.kube.WaitingKey;
import solo.kube.fabric8.ConnectionProblem;
import solo.kube.fabric8.EventRecorder;
import solo.kube.fabric8.KubernetesConnection;
import solo.kube.fabric8.LeaseElection;
import solo.kube.fabric8.LeaseNames;
import solo.kube.fabric8.LeaseOptions;
import solo.kube.fabric8.LeaseOptions.Timing;

/** The connection to the API server, the lease, and the controllers of the duties that this process has. */
final class ControllerHalf implements AutoCloseable {

    private final KubernetesConnection connection;
    private final EventRecorder events;
    private final @Nullable LeaseElection election;
    private final OutcomeReport report;
    private final ControllerRuntime runtime;

    private ControllerHalf(
            KubernetesConnection connection,
            EventRecorder events,
            @Nullable LeaseElection election,
            OutcomeReport report,
            ControllerRuntime runtime) {
        this.connection = connection;
        this.events = events;
        this.election = election;
        this.report = report;
        this.runtime = runtime;
    }

    /** {@code access} is empty where no controller of this process asks a driver. */
    static ControllerHalf start(
            Optional<DriverAccess> access, Set<Duty> duties, SoloOptions options, PrometheusRegistry registry)
            throws StartupProblem {
        KubernetesConnection connection = connect(options);
        try {
            connection.showRequests(registry);
            EventRecorder events = connection.events(registry);
            LeaseElection election = options.election.enabled ? election(connection, access, options, registry) : null;
            Leadership leadership = election == null ? Leadership.ALWAYS : election;

            DriverParts volumes = access.isEmpty()
                    ? DriverParts.NONE
                    : DriverParts.of(access.get(), connection, options, duties, leadership, election, events, registry);
            SnapshotterParts snapshots =
                    SnapshotterParts.of(access, connection, options, duties, leadership, events, registry);
            List<Controller> controllers = new ArrayList<>(volumes.controllers());
            controllers.addAll(snapshots.controllers());

            Map<String, Events> components = new HashMap<>(volumes.events());
            components.putAll(snapshots.events());
            OutcomeReport report = new OutcomeReport(
                    controller -> Objects.requireNonNull(components.get(controller.name()), controller.name()),
                    Clock.SYSTEM,
                    registry);
            ControllerRuntime runtime = new ControllerRuntime(
                    connection.cluster(),
                    leadership,
                    report,
                    controllers,
                    ControllerRuntime.Options.defaults(registry));
            volumes.offers().accept(runtime);
            runtime.start();
            if (election != null) {
                election.start();
            }
            return new ControllerHalf(connection, events, election, report, runtime);
        } catch (RuntimeException | StartupProblem failed) {
            connection.close();
            throw failed;
        }
    }

    private static KubernetesConnection connect(SoloOptions options) throws StartupProblem {
        Double qps = options.kubernetes.qps;
        KubernetesConnection.Rate rate =
                qps == null ? null : new KubernetesConnection.Rate(qps, options.kubernetes.burst);
        try {
            return KubernetesConnection.open(new KubernetesConnection.Options(
                    options.kubernetes.kubeconfig, options.kubernetes.master, rate, SoloVersion.text()));
        } catch (ConnectionProblem problem) {
            throw new StartupProblem(String.valueOf(problem.getMessage()), problem);
        }
    }

    private static LeaseElection election(
            KubernetesConnection connection,
            Optional<DriverAccess> access,
            SoloOptions options,
            PrometheusRegistry registry)
            throws StartupProblem {
        ElectionOptions election = options.election;
        try {
            String podNamespace = options.environment("POD_NAMESPACE");
            String namespace = election.namespace != null
                    ? election.namespace
                    : podNamespace != null ? podNamespace : connection.namespace();
            return connection.election(
                    new LeaseOptions(
                            namespace,
                            LeaseNames.sanitize(options.controllers.choice.lease(driverName(access))),
                            LeaseNames.identity(options.environment, HostName.text()),
                            election.labels(),
                            new Timing(election.leaseDuration, election.renewDeadline, election.retryPeriod)),
                    registry);
        } catch (IllegalArgumentException wrong) {
            throw new StartupProblem("leader election: " + wrong.getMessage(), wrong);
        }
    }

    /** Without a driver the lease is named after none. */
    private static String driverName(Optional<DriverAccess> access) {
        return access.map(driver -> driver.identity().name()).orElse("");
    }

    /** Lease, API server and controllers. */
    List<Health> health() {
        List<Health> parts = new ArrayList<>();
        if (election != null) {
            parts.add(election.health());
        }
        parts.add(connection.health());
        parts.add(runtime.health());
        return parts;
    }

    /** /healthz/leader-election: without election there is nothing to go wrong. */
    Health leaseHealth() {
        return election == null ? Health.of("lease", Health.Status.OK, "no election") : election.health();
    }

    /** Who holds the lease if this process does not; else null. */
    @Nullable
    String othersLead() {
        return election == null || election.leading() ? null : election.health().detail();
    }

    /** What waits, and for what. */
    List<WaitingKey> waiting() {
        return report.waiting();
    }

    /** Work stops first, then the lease is given away, so that the other replica can begin at once. */
    @Override
    public void close() {
        try {
            boolean ended = runtime.stop();
            if (election != null) {
                election.stop(ended);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            events.close();
            connection.close();
        }
    }
}
