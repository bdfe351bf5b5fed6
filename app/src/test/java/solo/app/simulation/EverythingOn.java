package solo.app.simulation;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solo.csi.model.ControllerCapability;
import solo.csi.model.DriverCapabilities;
import solo.csi.model.PluginCapability;
import solo.csi.model.Topology;
import solo.healthmonitor.HealthMonitor;
import solo.healthmonitor.HealthMonitorOptions;
import solo.healthmonitor.HealthMonitorOptions.NodeWatch;
import solo.kube.Backoff;
import solo.kube.Controller;
import solo.kube.model.ObjectKey;
import solo.provisioner.Ports;
import solo.provisioner.Provisioner;
import solo.provisioner.Unfinished;
import solo.provisioner.capacity.CapacityOwner;
import solo.provisioner.capacity.ManagedBy;
import solo.provisioner.capacity.StorageCapacity;
import solo.provisioner.capacity.model.CapacityOptions;
import solo.provisioner.capacity.model.CapacityOptions.Binding;
import solo.provisioner.csi.VolumeCalls;
import solo.provisioner.model.Feature;
import solo.provisioner.model.NodeDeployment;
import solo.provisioner.model.NodeDeployment.Immediate;
import solo.provisioner.model.ProvisioningOptions;
import solo.provisioner.model.VolumeNaming;
import solo.simulation.Chaos;
import solo.simulation.ControllerFactory;
import solo.simulation.ModelDriver;
import solo.simulation.Objects;
import solo.simulation.Scenario;
import solo.simulation.SimulatedPorts;
import solo.simulation.VirtualClock;
import solo.snapshotter.GroupSnapshotter;
import solo.snapshotter.Snapshotter;
import solo.snapshotter.Snapshotter.OtherHalf;
import solo.snapshotter.SnapshotterOptions;
import solo.snapshotter.model.GroupingDriver;
import solo.snapshotter.model.SnapshotNaming;
import solo.snapshotter.model.SnapshottingDriver;
import solo.snapshotter.model.SnapshottingDriver.Listing;
import solo.snapshotter.model.SnapshottingDriver.Metadata;

/**
 * The provisioner with every feature on, the capacity objects and the health monitor, in one place; or on a node, with the
 * driver's half of the snapshotter.
 */
final class EverythingOn {

    private EverythingOn() {}

    static Scenario inOnePlace() {
        return scenario(ports -> {
            List<Controller> all = new ArrayList<>(provisioner(ports, null));
            all.addAll(HealthMonitor.of(
                    ModelDriver.NAME,
                    capabilities(),
                    ports.driver(),
                    new solo.healthmonitor.Ports(ports.cluster(), ports.events(), ports.clock()),
                    new HealthMonitorOptions(
                            Duration.ofMinutes(5), Duration.ofMinutes(5), 1, Backoff.DEFAULT, NodeWatch.ON)));
            return all;
        });
    }

    static Scenario onANode() {
        NodeDeployment here = new NodeDeployment(
                "node-a",
                "id-node-a",
                Topology.of(Map.of("zone", "a")),
                Immediate.TAKEN,
                Duration.ofSeconds(1),
                Duration.ofMinutes(1));
        return scenario(ports -> {
                    List<Controller> all = new ArrayList<>(provisioner(ports, here));
                    all.addAll(snapshotter(ports, here.node()));
                    return all;
                })
                .users(ContentsOfANode::new);
    }

    /** The driver's half of it; snapshot-controller runs elsewhere, with rights of its own. */
    private static List<Controller> snapshotter(SimulatedPorts ports, String node) {
        var own = new solo.snapshotter.Ports(ports.cluster(), ports.writes(), ports.events(), ports.clock());
        SnapshottingDriver alone = new SnapshottingDriver(
                ModelDriver.NAME, Listing.POSSIBLE, SnapshotNaming.DEFAULT, Metadata.LEFT_OUT, node);
        List<Controller> all = new ArrayList<>(
                Snapshotter.of(alone, ports.driver(), own, OtherHalf.ELSEWHERE, SnapshotterOptions.DEFAULT));
        all.addAll(GroupSnapshotter.of(
                new GroupingDriver(alone, SnapshotNaming.OF_GROUPS), ports.driver(), own, SnapshotterOptions.DEFAULT));
        return all;
    }

    private static Scenario scenario(ControllerFactory controllers) {
        return Scenario.of(controllers)
                .driver(EverythingOn::driver)
                .withKubernetes()
                .users(RightsStory::new)
                .chaos(Chaos.NONE);
    }

    private static ModelDriver driver(VirtualClock clock) {
        return new ModelDriver(
                clock,
                EnumSet.of(PluginCapability.CONTROLLER_SERVICE, PluginCapability.VOLUME_ACCESSIBILITY_CONSTRAINTS),
                EnumSet.complementOf(EnumSet.of(
                        ControllerCapability.VOLUME_CONDITION,
                        ControllerCapability.GET_VOLUME_HEALTH,
                        ControllerCapability.LIST_VOLUME_HEALTH)));
    }

    private static DriverCapabilities capabilities() {
        return driver(new VirtualClock()).capabilities();
    }

    /** {@code here} is null for the one that serves the whole cluster. */
    private static List<Controller> provisioner(SimulatedPorts ports, @Nullable NodeDeployment here) {
        Ports own = new Ports(
                ports.cluster(),
                ports.writes(),
                new VolumeCalls(ports.driver()),
                ports.events(),
                ports.clock(),
                ports.leadership(),
                Unfinished.NOWHERE);
        var features = EnumSet.allOf(Feature.class);
        if (here != null) {
            features.remove(Feature.ATTACHER_FINALIZER);
        }
        Provisioner provisioner = new Provisioner(
                own,
                new ProvisioningOptions(
                        ModelDriver.NAME, capabilities(), "identity", VolumeNaming.DEFAULT, "", features, here),
                Provisioner.Tuning.DEFAULT,
                new PrometheusRegistry());
        List<Controller> all = new ArrayList<>(provisioner.controllers());
        all.add(provisioner.suspects(new PrometheusRegistry()));
        all.add(new StorageCapacity(own, capacity(ports, here), new PrometheusRegistry()).controller(Backoff.DEFAULT));
        return all;
    }

    private static CapacityOptions capacity(SimulatedPorts ports, @Nullable NodeDeployment here) {
        ObjectKey pod = Objects.key(here == null ? "solo/controller" : "solo/node");
        if (!(CapacityOwner.of(ports.cluster(), pod, here == null ? 2 : 1) instanceof CapacityOwner.Found(var owner))) {
            throw new AssertionError("the pod's owner is there");
        }
        return new CapacityOptions(
                ModelDriver.NAME,
                "solo",
                here == null ? ManagedBy.CLUSTER : ManagedBy.node(here.node()),
                owner,
                Binding.IMMEDIATE_TOO,
                Duration.ofMinutes(1),
                1,
                here == null ? null : here.place());
    }
}
