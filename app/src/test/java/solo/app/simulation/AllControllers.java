package solo.app.simulation;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import solo.attacher.Attacher;
import solo.attacher.AttacherOptions;
import solo.attacher.model.AttachingDriver;
import solo.attacher.model.AttachingDriver.ErrorCodes;
import solo.csi.InProcessCalls;
import solo.csi.RpcDriver;
import solo.csi.model.ControllerCapability;
import solo.csi.model.DriverCapabilities;
import solo.csi.model.PluginCapability;
import solo.kube.Backoff;
import solo.kube.Controller;
import solo.kube.model.PersistentVolumeClaim;
import solo.provisioner.Provisioner;
import solo.provisioner.Unfinished;
import solo.provisioner.csi.VolumeCalls;
import solo.provisioner.model.ClaimHistory.InBackground;
import solo.provisioner.model.Feature;
import solo.provisioner.model.ProvisioningOptions;
import solo.provisioner.model.VolumeNaming;
import solo.resizer.Resizer;
import solo.resizer.ResizerOptions;
import solo.resizer.csi.VolumeChanges;
import solo.resizer.model.ResizingDriver;
import solo.resizer.model.ResizingDriver.Metadata;
import solo.resizer.model.ResizingDriver.PreResizeNote;
import solo.simulation.ConsistentAnswers;
import solo.simulation.GarbageCollector;
import solo.simulation.GroupInvariants;
import solo.simulation.Invariant;
import solo.simulation.Kubelet;
import solo.simulation.ModelDriver;
import solo.simulation.Scenario;
import solo.simulation.SimulatedPorts;
import solo.simulation.SnapshotInvariants;
import solo.simulation.VirtualClock;
import solo.snapshotter.GroupSnapshotter;
import solo.snapshotter.SnapshotController;
import solo.snapshotter.Snapshotter;
import solo.snapshotter.Snapshotter.OtherHalf;
import solo.snapshotter.SnapshotterOptions;
import solo.snapshotter.model.GroupingDriver;
import solo.snapshotter.model.SnapshotNaming;
import solo.snapshotter.model.SnapshotSettings;
import solo.snapshotter.model.SnapshotSettings.Distribution;
import solo.snapshotter.model.SnapshotSettings.Groups;
import solo.snapshotter.model.SnapshotSettings.VolumeMode;
import solo.snapshotter.model.SnapshottingDriver;
import solo.snapshotter.model.SnapshottingDriver.Listing;

/** What one process of Solo runs for one driver, as {@code solo.app.ControllerHalf} wires it. */
final class AllControllers {
    private final Notes notes = new Notes();
    private final Map<String, csi.v1.CreateVolumeResponse> said = new HashMap<>();

    private AllControllers() {}

    /** A cluster with a kubelet, a driver that can do all that the three controllers ask for, and our rules. */
    static Scenario scenario() {
        AllControllers all = new AllControllers();
        return Scenario.of(all::in)
                .driver(AllControllers::driver)
                .withKubernetes()
                .with(Kubelet::new)
                .invariants(TogetherInvariants.all());
    }

    /** The same, without a kubelet, with both halves of the snapshotter, and a driver that takes snapshots. */
    static Scenario withSnapshots() {
        return withSnapshots(
                OtherHalf.HERE,
                ports -> SnapshotController.of(
                        new SnapshotSettings(ModelDriver.NAME, VolumeMode.NOTED, Distribution.CENTRAL, Groups.SERVED),
                        ports,
                        SnapshotterOptions.DEFAULT,
                        new PrometheusRegistry()));
    }

    /** The same, but snapshot-controller is elsewhere, with --enable-distributed-snapshotting; what it asks for is noted. */
    static Scenario withSnapshotControllerElsewhere(Set<String> asked) {
        return withSnapshots(
                OtherHalf.ELSEWHERE,
                ports -> SnapshotController.of(
                        new SnapshotSettings("", VolumeMode.NOTED, Distribution.BY_NODE, Groups.SERVED),
                        AskedFor.by(ports, asked),
                        SnapshotterOptions.DEFAULT,
                        new PrometheusRegistry()));
    }

    private static Scenario withSnapshots(
            OtherHalf other, Function<solo.snapshotter.Ports, List<Controller>> ofCluster) {
        AllControllers all = new AllControllers();
        List<Supplier<Invariant>> rules = new ArrayList<>(TogetherInvariants.withoutKubelet());
        rules.addAll(SnapshotInvariants.all());
        rules.addAll(GroupInvariants.all());
        return Scenario.of(ports -> all.withSnapshotter(ports, other, ofCluster))
                .driver(ModelDriver::new)
                .withKubernetes()
                .with(GarbageCollector::new)
                .invariants(rules);
    }

    private List<Controller> withSnapshotter(
            SimulatedPorts ports, OtherHalf other, Function<solo.snapshotter.Ports, List<Controller>> ofCluster) {
        DriverCapabilities capabilities = new ModelDriver(new VirtualClock()).capabilities();
        List<Controller> controllers =
                new ArrayList<>(provisioner(ports, capabilities, Feature.ATTACHER_FINALIZER, Feature.SNAPSHOT_RELEASE));
        controllers.addAll(attacher(ports, capabilities));
        controllers.addAll(resizer(ports, capabilities));
        var own = new solo.snapshotter.Ports(ports.cluster(), ports.writes(), ports.events(), ports.clock());
        SnapshottingDriver alone = new SnapshottingDriver(
                ModelDriver.NAME, Listing.POSSIBLE, SnapshotNaming.DEFAULT, SnapshottingDriver.Metadata.LEFT_OUT, "");
        controllers.addAll(Snapshotter.of(alone, ports.driver(), own, other, SnapshotterOptions.DEFAULT));
        controllers.addAll(GroupSnapshotter.of(
                new GroupingDriver(alone, SnapshotNaming.OF_GROUPS), ports.driver(), own, SnapshotterOptions.DEFAULT));
        controllers.addAll(ofCluster.apply(own));
        return controllers;
    }

    private static ModelDriver driver(VirtualClock clock) {
        return new ModelDriver(
                clock,
                EnumSet.of(PluginCapability.CONTROLLER_SERVICE),
                EnumSet.of(
                        ControllerCapability.CREATE_DELETE_VOLUME,
                        ControllerCapability.PUBLISH_UNPUBLISH_VOLUME,
                        ControllerCapability.LIST_VOLUMES,
                        ControllerCapability.LIST_VOLUMES_PUBLISHED_NODES,
                        ControllerCapability.EXPAND_VOLUME,
                        ControllerCapability.MODIFY_VOLUME));
    }

    private List<Controller> in(SimulatedPorts ports) {
        DriverCapabilities capabilities = driver(new VirtualClock()).capabilities();
        List<Controller> controllers = new ArrayList<>(
                provisioner(ports, capabilities, Feature.VOLUME_ATTRIBUTES_CLASS, Feature.ATTACHER_FINALIZER));
        controllers.addAll(attacher(ports, capabilities));
        controllers.addAll(resizer(ports, capabilities));
        return controllers;
    }

    private List<Controller> provisioner(SimulatedPorts ports, DriverCapabilities capabilities, Feature... features) {
        var options = new ProvisioningOptions(
                ModelDriver.NAME, capabilities, "identity", VolumeNaming.DEFAULT, "", Set.of(features));
        var calls = new VolumeCalls(new RpcDriver(new ConsistentAnswers(new InProcessCalls(ports.driver()), said)));
        var all = new solo.provisioner.Ports(
                ports.cluster(), ports.writes(), calls, ports.events(), ports.clock(), ports.leadership(), notes);
        return new Provisioner(all, options, Provisioner.Tuning.DEFAULT, new PrometheusRegistry()).controllers();
    }

    private static List<Controller> attacher(SimulatedPorts ports, DriverCapabilities capabilities) {
        AttachingDriver driver = new AttachingDriver(ModelDriver.NAME, capabilities, "", ErrorCodes.RECORDED);
        return Attacher.of(
                        driver,
                        ports.driver(),
                        new solo.attacher.Ports(ports.cluster(), ports.writes(), ports.clock()),
                        new AttacherOptions(10, Backoff.DEFAULT, Duration.ofMinutes(1), 0))
                .controllers();
    }

    private static List<Controller> resizer(SimulatedPorts ports, DriverCapabilities capabilities) {
        return Resizer.of(
                new ResizingDriver(
                        ModelDriver.NAME, capabilities, Backoff.DEFAULT.max(), PreResizeNote.LAZILY, Metadata.LEFT_OUT),
                new VolumeChanges(ports.driver(), ports.driver()),
                new solo.resizer.Ports(ports.cluster(), ports.writes(), ports.events(), ports.clock()),
                ResizerOptions.DEFAULT);
    }

    /** As safe as the Lease of decision 005, whose own requests the provisioner's simulation makes fail. */
    private static final class Notes implements Unfinished {
        private final Map<String, InBackground> claims = new TreeMap<>();

        @Override
        public void begun(InBackground claim) {
            claims.put(claim.claim().uid(), claim);
        }

        @Override
        public void awaitSafe(PersistentVolumeClaim claim) {}

        @Override
        public void ended(String claimUid) {
            claims.remove(claimUid);
        }

        @Override
        public void settled(String claimUid) {
            claims.remove(claimUid);
        }

        @Override
        public List<InBackground> left() {
            return List.copyOf(claims.values());
        }
    }
}
