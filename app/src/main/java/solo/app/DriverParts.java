package solo.app;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import solo.app.options.ControllerChoice;
import solo.app.options.ControllerName;
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
import solo.kube.Leadership;
import solo.kube.fabric8.EventRecorder;
import solo.kube.fabric8.KubernetesConnection;
import solo.kube.fabric8.LeaseElection;
import solo.provisioner.Provisioner;

/**
 * The controllers of one driver's volumes, put together from flags.
 *
 * @param events where each controller's events come from, by its name
 * @param offers what one controller hands to another, to be joined with the runtime of them all
 */
record DriverParts(List<Controller> controllers, Map<String, Events> events, Consumer<ControllerRuntime> offers) {

    /** Of a process without a driver. */
    static final DriverParts NONE = new DriverParts(List.of(), Map.of(), _ -> {});

    static DriverParts of(
            DriverAccess access,
            KubernetesConnection connection,
            SoloOptions options,
            Set<Duty> duties,
            Leadership leadership,
            @Nullable LeaseElection election,
            EventRecorder recorder,
            PrometheusRegistry registry)
            throws StartupProblem {
        ControllerChoice chosen = options.controllers.choice;
        boolean central = duties.contains(Duty.ATTACH_AND_RESIZE);
        List<Controller> controllers = new ArrayList<>();
        Consumer<ControllerRuntime> offers = _ -> {};
        if (central && chosen.has(ControllerName.ATTACHER)) {
            Attacher attacher = attacher(access, connection, options, leadership);
            controllers.addAll(attacher.controllers());
            offers = offers.andThen(
                    runtime -> attacher.disputes().onDispute(key -> runtime.offer(Attacher.ATTACHMENTS, key)));
        }
        if (duties.contains(Duty.PROVISION) && chosen.has(ControllerName.PROVISIONER)) {
            ProvisionerParts provisioner =
                    ProvisionerParts.of(access, connection, options, leadership, election, recorder, registry);
            controllers.addAll(provisioner.controllers());
            offers = offers.andThen(
                    runtime -> provisioner.provisioner().onLeftClaim(key -> runtime.offer(Provisioner.CLAIMS, key)));
        }
        if (central && chosen.has(ControllerName.HEALTH_MONITOR)) {
            controllers.addAll(HealthMonitorParts.of(access, connection, options, leadership, recorder));
        }
        List<Controller> resizer = central && chosen.has(ControllerName.RESIZER)
                ? ResizerParts.of(access, connection, options, leadership, recorder)
                : List.of();

        // Each controller's events carry the Go sidecar's component; attachers send none of their own.
        Events fromProvisioner = recorder.as(ProvisionerParts.component(access));
        Events fromResizer = recorder.as(ResizerParts.component(access));
        Map<String, Events> events = new HashMap<>();
        controllers.forEach(controller -> events.put(controller.name(), fromProvisioner));
        resizer.forEach(controller -> events.put(controller.name(), fromResizer));
        controllers.addAll(resizer);
        return new DriverParts(controllers, events, offers);
    }

    private static Attacher attacher(
            DriverAccess access, KubernetesConnection connection, SoloOptions options, Leadership leadership) {
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
                        new Backoff(options.retry.start, options.retry.max),
                        options.attacher.reconcileSync,
                        options.attacher.maxEntries));
    }
}
