package solo.app;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import solo.app.options.ControllerChoice;
import solo.app.options.ControllerName;
import solo.app.options.ElectionOptions;
import solo.app.options.SoloOptions;
import solo.attacher.Attacher;
import solo.attacher.AttacherOptions;
import solo.attacher.Ports;
import solo.attacher.model.AttachingDriver;
import solo.attacher.model.AttachingDriver.ErrorCodes;
import solo.kube.Backoff;
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
import solo.provisioner.Provisioner;

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

    static ControllerHalf start(DriverAccess access, Set<Duty> duties, SoloOptions options, PrometheusRegistry registry)
            throws StartupProblem {
        KubernetesConnection connection = connect(options);
        try {
            connection.showRequests(registry);
            EventRecorder events = connection.events(registry);
            LeaseElection election = options.election.enabled ? election(connection, access, options, registry) : null;
            Leadership leadership = election == null ? Leadership.ALWAYS : election;
            Backoff backoff = new Backoff(options.retry.start, options.retry.max);

            ControllerChoice chosen = options.controllers.choice;
            boolean central = duties.contains(Duty.ATTACH_AND_RESIZE);
            List<Controller> controllers = new ArrayList<>();
            Attacher attacher = null;
            if (central && chosen.has(ControllerName.ATTACHER)) {
                attacher = attacher(access, connection, options, leadership, backoff);
                controllers.addAll(attacher.controllers());
            }
            ProvisionerParts provisioner = null;
            if (duties.contains(Duty.PROVISION) && chosen.has(ControllerName.PROVISIONER)) {
                provisioner = ProvisionerParts.of(access, connection, options, leadership, election, events, registry);
                controllers.addAll(provisioner.controllers());
            }
            List<Controller> resizer = central && chosen.has(ControllerName.RESIZER)
                    ? ResizerParts.of(access, connection, options, leadership, events)
                    : List.of();
            controllers.addAll(resizer);
            SnapshotterParts snapshotter =
                    SnapshotterParts.of(access, connection, options, duties, leadership, events, registry);
            controllers.addAll(snapshotter.controllers());
            if (central && chosen.has(ControllerName.HEALTH_MONITOR)) {
                controllers.addAll(HealthMonitorParts.of(access, connection, options, leadership, events));
            }

            // Each controller's events carry the Go sidecar's component; attachers send none of their own.
            Events fromProvisioner = events.as(ProvisionerParts.component(access));
            Events fromResizer = events.as(ResizerParts.component(access));
            OutcomeReport report = new OutcomeReport(
                    controller -> resizer.contains(controller)
                            ? fromResizer
                            : snapshotter.events().getOrDefault(controller.name(), fromProvisioner),
                    Clock.SYSTEM,
                    registry);
            ControllerRuntime runtime = new ControllerRuntime(
                    connection.cluster(),
                    leadership,
                    report,
                    controllers,
                    ControllerRuntime.Options.defaults(registry));
            if (attacher != null) {
                attacher.disputes().onDispute(key -> runtime.offer(Attacher.ATTACHMENTS, key));
            }
            if (provisioner != null) {
                provisioner.provisioner().onLeftClaim(key -> runtime.offer(Provisioner.CLAIMS, key));
            }
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

    private static Attacher attacher(
            DriverAccess access,
            KubernetesConnection connection,
            SoloOptions options,
            Leadership leadership,
            Backoff backoff) {
        AttachingDriver driver = new AttachingDriver(
                access.identity().name(),
                access.capabilities(),
                options.provisioner.defaultFsType,
                ErrorCodes.RECORDED);
        return Attacher.of(
                driver,
                access.forController(leadership, options.attacherTimeout()),
                new Ports(connection.cluster(), connection.writes(leadership), Clock.SYSTEM),
                new AttacherOptions(
                        options.attacherWorkers(),
                        backoff,
                        options.attacher.reconcileSync,
                        options.attacher.maxEntries));
    }

    private static LeaseElection election(
            KubernetesConnection connection, DriverAccess access, SoloOptions options, PrometheusRegistry registry)
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
                            LeaseNames.sanitize(options.controllers.choice.lease(
                                    access.identity().name())),
                            LeaseNames.identity(options.environment, HostName.text()),
                            election.labels(),
                            new Timing(election.leaseDuration, election.renewDeadline, election.retryPeriod)),
                    registry);
        } catch (IllegalArgumentException wrong) {
            throw new StartupProblem("leader election: " + wrong.getMessage(), wrong);
        }
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
