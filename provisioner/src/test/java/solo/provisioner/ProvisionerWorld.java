package solo.provisioner;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import solo.csi.model.ControllerCapability;
import solo.csi.model.PluginCapability;
import solo.kube.Change;
import solo.kube.Controller;
import solo.kube.Kind;
import solo.kube.Kinds;
import solo.kube.Leadership;
import solo.kube.Reconciler;
import solo.kube.Trigger;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Projected;
import solo.provisioner.csi.VolumeCalls;
import solo.provisioner.model.Feature;
import solo.provisioner.model.NodeDeployment;
import solo.provisioner.model.ProvisioningOptions;
import solo.provisioner.model.VolumeNaming;
import solo.simulation.ModelDriver;
import solo.simulation.ObjectBuilder;
import solo.simulation.Objects;
import solo.simulation.RecordedEvents;
import solo.simulation.SimulatedApiServer;
import solo.simulation.SimulatedCluster;
import solo.simulation.SimulatedWrites;
import solo.simulation.VirtualClock;

/** An API server, a driver and a provisioner that may be restarted, driven one reconcile at a time. */
final class ProvisionerWorld {

    static final String FINALIZER = "external-provisioner.volume.kubernetes.io/finalizer";

    final VirtualClock clock = new VirtualClock();
    final SimulatedApiServer server = new SimulatedApiServer(clock);
    final RecordedEvents events = new RecordedEvents();
    final ModelDriver driver;
    final EnumSet<Feature> features = EnumSet.of(Feature.TOPOLOGY, Feature.IMMEDIATE_TOPOLOGY);

    @Nullable
    NodeDeployment nodeDeployment;

    Unfinished unfinished = Unfinished.NOWHERE;
    SimulatedCluster cluster;
    PrometheusRegistry metrics = new PrometheusRegistry();
    private List<Controller> controllers = List.of();

    /** A driver that can do everything but topology. */
    ProvisionerWorld() {
        this(
                EnumSet.of(PluginCapability.CONTROLLER_SERVICE),
                EnumSet.of(
                        ControllerCapability.CREATE_DELETE_VOLUME,
                        ControllerCapability.LIST_VOLUMES,
                        ControllerCapability.PUBLISH_UNPUBLISH_VOLUME,
                        ControllerCapability.CREATE_DELETE_SNAPSHOT,
                        ControllerCapability.CLONE_VOLUME));
    }

    ProvisionerWorld(Set<PluginCapability> plugin, Set<ControllerCapability> controller) {
        driver = new ModelDriver(clock, plugin, controller);
        cluster = new SimulatedCluster(server);
        restart();
    }

    ProvisionerWorld with(ObjectBuilder<?>... objects) {
        for (ObjectBuilder<?> object : objects) {
            server.put(object);
        }
        return this;
    }

    ProvisionerWorld with(Feature feature) {
        features.add(feature);
        restart();
        return this;
    }

    /** As after kill -9: whatever was only in memory is gone. */
    void restart() {
        cluster = new SimulatedCluster(server);
        metrics = new PrometheusRegistry();
        var options = new ProvisioningOptions(
                ModelDriver.NAME,
                driver.capabilities(),
                "identity-1",
                VolumeNaming.DEFAULT,
                "",
                features,
                nodeDeployment);
        var ports = new Ports(
                cluster,
                new SimulatedWrites(server, cluster),
                new VolumeCalls(driver),
                events,
                clock,
                Leadership.ALWAYS,
                unfinished);
        Provisioner provisioner = new Provisioner(ports, options, Provisioner.Tuning.DEFAULT, metrics);
        controllers = new ArrayList<>(provisioner.controllers());
        controllers.add(provisioner.suspects(metrics));
    }

    /** One look at this claim. */
    Outcome claim(String name) {
        return reconcile(
                "claims", ClaimKey.of(PersistentVolumeClaim.of(server.object(Kinds.CLAIM, Objects.key(name)))));
    }

    /** One look at the claim that had this uid. */
    Outcome claimUid(String name, String uid) {
        return reconcile("claims", new ObjectKey(name, uid));
    }

    Outcome volume(String name) {
        return reconcile("volumes", ObjectKey.cluster(name));
    }

    /** Which keys a change of this kind queues in a controller. */
    <R extends Projected> Collection<ObjectKey> triggered(String controller, Kind<R> kind, Change<R> change) {
        return controller(controller).triggers().stream()
                .filter(trigger -> trigger.kind().equals(kind))
                .flatMap(trigger -> {
                    @SuppressWarnings("unchecked") // a trigger of an equal Kind<R>
                    var same = (Trigger<R>) trigger;
                    return same.keys().apply(change).stream();
                })
                .toList();
    }

    /** The change that a watch tells of when this object, as it is now, is new. */
    <R extends Projected> Change<R> appeared(Kind<R> kind, String name) {
        return new Change<>(null, kind.projection().apply(server.object(kind, Objects.key(name))));
    }

    /** The value of a counter, without its _total. */
    double counter(String name, String... labels) {
        return metrics.scrape(name::equals).stream()
                .flatMap(metric -> ((CounterSnapshot) metric).getDataPoints().stream())
                .filter(point ->
                        point.getLabels().stream().map(Label::getValue).toList().equals(List.of(labels)))
                .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
                .sum();
    }

    /** The value of a gauge without labels. */
    double gauge(String name) {
        return metrics.scrape(name::equals).stream()
                .flatMap(metric -> ((GaugeSnapshot) metric).getDataPoints().stream())
                .mapToDouble(GaugeSnapshot.GaugeDataPointSnapshot::getValue)
                .sum();
    }

    /** What the controller-manager does once it sees the PersistentVolume. */
    void bind(String claim) {
        Json object = server.object(Kinds.CLAIM, Objects.key(claim));
        String volume = "pvc-" + object.at("metadata", "uid").text("");
        server.edit(
                Kinds.CLAIM,
                Objects.key(claim),
                tree -> with(with(tree, volume, "spec", "volumeName"), "Bound", "status", "phase"));
        phase(volume, "Bound");
    }

    void phase(String volume, String phase) {
        server.edit(Kinds.VOLUME, ObjectKey.cluster(volume), tree -> with(tree, phase, "status", "phase"));
    }

    Json pv(String name) {
        return server.object(Kinds.VOLUME, ObjectKey.cluster(name));
    }

    int volumesAtDriver() {
        return driver.backend().volumes().size();
    }

    /** A copy of the tree with another value at the path. */
    static Map<String, Object> with(Map<String, Object> tree, Object value, String... path) {
        Map<String, Object> copy = new LinkedHashMap<>(tree);
        if (path.length == 1) {
            copy.put(path[0], value);
            return copy;
        }
        Map<String, Object> inner = new LinkedHashMap<>();
        if (tree.get(path[0]) instanceof Map<?, ?> map) {
            map.forEach((key, item) -> inner.put((String) key, item));
        }
        copy.put(path[0], with(inner, value, Arrays.copyOfRange(path, 1, path.length)));
        return copy;
    }

    Outcome reconcile(String controller, ObjectKey key) {
        Reconciler reconciler = controller(controller).reconciler();
        try {
            return reconciler.reconcile(key);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Controller controller(String name) {
        return controllers.stream()
                .filter(controller -> controller.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
