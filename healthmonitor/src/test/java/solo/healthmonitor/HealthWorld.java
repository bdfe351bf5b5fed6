package solo.healthmonitor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import solo.csi.model.ControllerCapability;
import solo.csi.model.DriverCapabilities;
import solo.csi.model.NodeCapability;
import solo.csi.model.PluginCapability;
import solo.healthmonitor.HealthMonitorOptions.NodeWatch;
import solo.kube.Backoff;
import solo.kube.Change;
import solo.kube.Controller;
import solo.kube.Kinds;
import solo.kube.Trigger;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.kube.model.PersistentVolume;
import solo.simulation.ModelDriver;
import solo.simulation.ObjectBuilder;
import solo.simulation.Objects;
import solo.simulation.SimulatedApiServer;
import solo.simulation.SimulatedCluster;
import solo.simulation.VirtualClock;

/** One health monitor in a simulated cluster. What it tells becomes an event of the cluster, as in real life. */
final class HealthWorld {

    final VirtualClock clock = new VirtualClock();
    final SimulatedApiServer server = new SimulatedApiServer(clock);
    final SimulatedCluster cluster = new SimulatedCluster(server);
    final ScriptedDriver driver = new ScriptedDriver();
    /** {@code ns/data Warning VolumeConditionAbnormal: message}. */
    final List<String> told = new ArrayList<>();

    private final Set<ControllerCapability> capabilities;
    private Set<NodeCapability> node = Set.of();
    private List<Controller> controllers = List.of();

    HealthWorld(ControllerCapability first, ControllerCapability... more) {
        this.capabilities = EnumSet.of(first, more);
        restart();
    }

    /** The driver lives in this process, node half and all. */
    HealthWorld withNodeHalf() {
        node = Set.of(NodeCapability.GET_VOLUME_HEALTH, NodeCapability.GET_STORAGE_HEALTH);
        restart();
        return this;
    }

    /** All that was only in memory is gone. */
    void restart() {
        Ports ports = new Ports(
                cluster,
                (about, note) -> {
                    told.add(about.key() + " " + note.type().text() + " " + note.reason() + ": " + note.message());
                    server.put(Objects.of(ClaimNews.TOLD, about.key().namespace() + "/event-" + told.size())
                            .with(note.reason(), "reason")
                            .with(about.kind(), "involvedObject", "kind")
                            .with(about.uid(), "involvedObject", "uid")
                            .with(clock.now().toString(), "lastTimestamp"));
                },
                clock);
        controllers = HealthMonitor.of(
                ModelDriver.NAME,
                new DriverCapabilities(
                        Set.of(PluginCapability.CONTROLLER_SERVICE), Set.of(), capabilities, Set.of(), node),
                driver,
                ports,
                new HealthMonitorOptions(
                        Duration.ofMinutes(5), Duration.ofMinutes(5), 1, Backoff.DEFAULT, NodeWatch.ON));
    }

    HealthWorld with(ObjectBuilder<?>... objects) {
        for (ObjectBuilder<?> object : objects) {
            server.put(object);
        }
        return this;
    }

    /** A claim {@code ns/NAME} bound to a volume {@code pv-NAME}, handle {@code handle-NAME}. */
    HealthWorld bound(String name) {
        return with(
                Objects.claim("ns/" + name)
                        .uid("uid-" + name)
                        .boundTo("pv-" + name)
                        .phase("Bound"),
                Objects.volume("pv-" + name)
                        .handle("handle-" + name)
                        .claimRef("ns/" + name, "uid-" + name)
                        .phase("Bound"));
    }

    List<String> names() {
        return controllers.stream().map(Controller::name).toList();
    }

    /** Five minutes later, the list. */
    Outcome list() {
        clock.advance(Duration.ofMinutes(5));
        return run(HealthMonitor.VOLUMES, VolumeListReconciler.KEY);
    }

    Outcome volume(String name) {
        clock.advance(Duration.ofMinutes(5));
        return run(HealthMonitor.VOLUMES, ObjectKey.cluster("pv-" + name));
    }

    Outcome node(String name) {
        return run(HealthMonitor.NODES, ObjectKey.cluster(name));
    }

    /** What the controller of volumes looks at when a volume changes. */
    List<ObjectKey> woken(PersistentVolume before, PersistentVolume after) {
        List<ObjectKey> keys = new ArrayList<>();
        for (Trigger<?> trigger : controller(HealthMonitor.VOLUMES).triggers()) {
            if (trigger.kind().equals(Kinds.VOLUME)) {
                @SuppressWarnings("unchecked") // just compared
                Trigger<PersistentVolume> ofVolumes = (Trigger<PersistentVolume>) trigger;
                keys.addAll(ofVolumes.keys().apply(new Change<>(before, after)));
            }
        }
        return keys;
    }

    Outcome run(String controller, ObjectKey key) {
        try {
            return controller(controller).reconciler().reconcile(key);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Controller controller(String name) {
        return controllers.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no controller " + name));
    }
}
