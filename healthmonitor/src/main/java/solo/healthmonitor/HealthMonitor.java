package solo.healthmonitor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.csi.Driver;
import solo.csi.model.DriverCapabilities;
import solo.healthmonitor.HealthMonitorOptions.NodeWatch;
import solo.healthmonitor.csi.HealthCalls;
import solo.healthmonitor.model.HealthCall;
import solo.healthmonitor.rules.HealthCallOf;
import solo.healthmonitor.rules.Monitored;
import solo.kube.Change;
import solo.kube.Controller;
import solo.kube.Kinds;
import solo.kube.Trigger;
import solo.kube.model.Node;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolume;

/** external-health-monitor: the controllers that serve one driver, chosen by what it can do. */
public final class HealthMonitor {

    private static final Logger log = LoggerFactory.getLogger(HealthMonitor.class);

    static final String VOLUMES = "health-monitor-volumes";
    static final String NODES = "health-monitor-nodes";

    private HealthMonitor() {}

    /** Where its events come from, as in Go. */
    public static String component(String driver) {
        return "csi-pv-monitor-controller-" + driver;
    }

    /**
     * A driver that knows nothing of health is no reason to end the process: it carries other controllers too. Its node half
     * is asked if the capabilities name any of it.
     */
    public static List<Controller> of(
            String driverName, DriverCapabilities can, Driver calls, Ports ports, HealthMonitorOptions options) {
        MonitoredDriver driver = new MonitoredDriver(driverName, HealthCallOf.driver(can));
        ClaimNews news = new ClaimNews(ports.cluster(), ports.events());
        List<Controller> controllers = new ArrayList<>();
        if (driver.call() == HealthCall.NONE) {
            log.warn(
                    "driver={} has none of LIST_VOLUME_HEALTH, GET_VOLUME_HEALTH and (up to CSI 1.12) VOLUME_CONDITION:"
                            + " the health of its volumes is not watched",
                    driverName);
        } else {
            controllers.add(volumes(driver, new HealthCalls(calls, driver.call(), can.node()), ports, news, options));
        }
        if (options.nodes() == NodeWatch.ON) {
            controllers.add(new Controller(
                    NODES,
                    new NodeReconciler(driver, ports, news),
                    1,
                    options.backoff(),
                    List.of(new Trigger<>(Kinds.NODE, HealthMonitor::nodeTurned))));
        }
        return controllers;
    }

    private static Controller volumes(
            MonitoredDriver driver, HealthCalls calls, Ports ports, ClaimNews news, HealthMonitorOptions options) {
        return driver.call().lists()
                ? new Controller(
                        VOLUMES,
                        new VolumeListReconciler(driver, calls, ports, news, options.listInterval()),
                        1,
                        options.backoff(),
                        List.of(new Trigger<>(
                                Kinds.VOLUME,
                                change -> begun(change, driver).isEmpty()
                                        ? List.of()
                                        : List.of(VolumeListReconciler.KEY))))
                : new Controller(
                        VOLUMES,
                        new VolumeReconciler(driver, calls, ports, news, options.volumeInterval()),
                        options.workers(),
                        options.backoff(),
                        List.of(new Trigger<>(Kinds.VOLUME, change -> begun(change, driver))));
    }

    private static Collection<ObjectKey> begun(Change<PersistentVolume> change, MonitoredDriver driver) {
        PersistentVolume after = change.after();
        return after != null && Monitored.begins(change.before(), after, driver.name())
                ? List.of(after.key())
                : List.of();
    }

    private static Collection<ObjectKey> nodeTurned(Change<Node> change) {
        Node before = change.before();
        Node after = change.after();
        if (before != null && after != null && Objects.equals(before.readiness(), after.readiness())) {
            return List.of();
        }
        Node any = after == null ? before : after;
        return any == null ? List.of() : List.of(any.key());
    }
}
