package solo.app;

import java.util.List;
import solo.app.options.HealthMonitorFlags;
import solo.app.options.SoloOptions;
import solo.healthmonitor.HealthMonitor;
import solo.healthmonitor.HealthMonitorOptions;
import solo.healthmonitor.HealthMonitorOptions.NodeWatch;
import solo.healthmonitor.Ports;
import solo.kube.Backoff;
import solo.kube.Clock;
import solo.kube.Controller;
import solo.kube.Leadership;
import solo.kube.fabric8.EventRecorder;
import solo.kube.fabric8.KubernetesConnection;

/** The health monitor, put together from flags. */
final class HealthMonitorParts {

    private HealthMonitorParts() {}

    static List<Controller> of(
            DriverAccess access,
            KubernetesConnection connection,
            SoloOptions options,
            Leadership leadership,
            EventRecorder events) {
        HealthMonitorFlags flags = options.healthMonitor;
        String driver = access.identity().name();
        return HealthMonitor.of(
                driver,
                access.capabilities().withNode(access.nodeCapabilities()),
                access.forController(leadership, flags.timeout),
                new Ports(connection.cluster(), events.as(HealthMonitor.component(driver)), Clock.SYSTEM),
                new HealthMonitorOptions(
                        flags.listInterval,
                        flags.volumeInterval,
                        flags.workers,
                        new Backoff(options.retry.start, options.retry.max),
                        flags.nodes ? NodeWatch.ON : NodeWatch.OFF));
    }
}
