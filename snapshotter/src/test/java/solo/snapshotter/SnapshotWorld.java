package solo.snapshotter;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import solo.csi.model.Code;
import solo.csi.model.ControllerCapability;
import solo.csi.model.PluginCapability;
import solo.kube.Change;
import solo.kube.Controller;
import solo.kube.Kind;
import solo.kube.Kinds;
import solo.kube.Reconciler;
import solo.kube.Trigger;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.kube.model.Projected;
import solo.simulation.DriverFault;
import solo.simulation.ModelDriver;
import solo.simulation.ObjectBuilder;
import solo.simulation.Objects;
import solo.simulation.RecordedEvents;
import solo.simulation.SimulatedApiServer;
import solo.simulation.SimulatedCluster;
import solo.simulation.SimulatedWrites;
import solo.simulation.VirtualClock;
import solo.snapshotter.Snapshotter.OtherHalf;
import solo.snapshotter.model.GroupingDriver;
import solo.snapshotter.model.SnapshotNames;
import solo.snapshotter.model.SnapshotNaming;
import solo.snapshotter.model.SnapshotSettings;
import solo.snapshotter.model.SnapshotSettings.Distribution;
import solo.snapshotter.model.SnapshotSettings.Groups;
import solo.snapshotter.model.SnapshotSettings.VolumeMode;
import solo.snapshotter.model.SnapshottingDriver;
import solo.snapshotter.model.SnapshottingDriver.Listing;
import solo.snapshotter.model.SnapshottingDriver.Metadata;

/**
 * A cluster with the claim {@code ns/data}, its volume {@code vol} and the class {@code fast}, a model driver, and both
 * halves of the snapshotter, which work when the test says so.
 */
final class SnapshotWorld {
    static final ObjectKey SNAPSHOT = new ObjectKey("ns", "snap");
    static final ObjectKey GROUP = new ObjectKey("ns", "group");
    static final String GROUP_UID = "00000000-bbbb-4000-8000-000000000001";
    static final ObjectKey GROUP_CONTENT = ObjectKey.cluster("groupsnapcontent-" + GROUP_UID);
    static final ObjectKey CLAIM = new ObjectKey("ns", "data");
    static final String UID = "00000000-aaaa-4000-8000-000000000001";
    static final ObjectKey CONTENT = ObjectKey.cluster("snapcontent-" + UID);

    final VirtualClock clock = new VirtualClock();
    final SimulatedApiServer server = new SimulatedApiServer(clock);
    final SimulatedCluster cluster = new SimulatedCluster(server);
    final RecordedEvents events = new RecordedEvents();
    final PrometheusRegistry metrics = new PrometheusRegistry();
    final ModelDriver driver;
    private final Ports ports;
    private final SnapshottingDriver alone;
    private final OtherHalf other;
    private final List<Controller> ofCluster;
    private final List<Controller> ofDriver;
    private final Map<String, List<Controller>> ofNodes = new TreeMap<>();

    SnapshotWorld() {
        this(OtherHalf.ELSEWHERE);
    }

    SnapshotWorld(OtherHalf other) {
        this(
                other,
                EnumSet.of(ControllerCapability.CREATE_DELETE_SNAPSHOT, ControllerCapability.LIST_SNAPSHOTS),
                Metadata.LEFT_OUT,
                Distribution.CENTRAL);
    }

    SnapshotWorld(
            OtherHalf other, Set<ControllerCapability> capabilities, Metadata metadata, Distribution distribution) {
        driver = new ModelDriver(clock, EnumSet.of(PluginCapability.CONTROLLER_SERVICE), capabilities);
        this.other = other;
        ports = new Ports(cluster, new SimulatedWrites(server, cluster), events, clock);
        String own = other == OtherHalf.HERE ? ModelDriver.NAME : "";
        ofCluster = SnapshotController.of(
                new SnapshotSettings(own, VolumeMode.NOTED, distribution, Groups.SERVED),
                ports,
                SnapshotterOptions.DEFAULT,
                metrics);
        alone = new SnapshottingDriver(
                ModelDriver.NAME,
                capabilities.contains(ControllerCapability.LIST_SNAPSHOTS) ? Listing.POSSIBLE : Listing.IMPOSSIBLE,
                SnapshotNaming.DEFAULT,
                metadata,
                "");
        ofDriver = half(alone);
        driver.backend().put("vol", "vol", 1L << 30);
        server.put(Objects.volume("pv")
                .handle("vol")
                .claimRef("ns/data", "uid-data")
                .phase("Bound"));
        server.put(Objects.claim("ns/data").uid("uid-data").boundTo("pv"));
        server.put(snapshotClass("fast"));
    }

    private List<Controller> half(SnapshottingDriver of) {
        List<Controller> half = new ArrayList<>(Snapshotter.of(of, driver, ports, other, SnapshotterOptions.DEFAULT));
        half.addAll(GroupSnapshotter.of(
                new GroupingDriver(of, SnapshotNaming.OF_GROUPS), driver, ports, SnapshotterOptions.DEFAULT));
        return half;
    }

    /** With --node-deployment: each node has the driver's half, and nobody has it for all. */
    SnapshotWorld onNodes(String... nodes) {
        ofDriver.clear();
        for (String node : nodes) {
            server.put(Objects.node(node));
            ofNodes.put(
                    node,
                    half(new SnapshottingDriver(
                            alone.name(), alone.listing(), alone.naming(), alone.metadata(), node)));
        }
        return this;
    }

    /** The volume, which only that node can reach. */
    static ObjectBuilder<?> on(String node, ObjectBuilder<?> volume) {
        return volume.with(
                List.of(Map.of(
                        "matchExpressions",
                        List.of(Map.of("key", "kubernetes.io/hostname", "operator", "In", "values", List.of(node))))),
                "spec",
                "nodeAffinity",
                "required",
                "nodeSelectorTerms");
    }

    static Objects.Plain snapshotClass(String name) {
        return Objects.of(Kinds.SNAPSHOT_CLASS, name)
                .with(ModelDriver.NAME, "driver")
                .with("Delete", "deletionPolicy");
    }

    /** {@code ns/snap} of the claim, with the class {@code fast}. */
    static Objects.Plain wish() {
        return Objects.of(Kinds.SNAPSHOT, "ns/snap")
                .uid(UID)
                .with("data", "spec", "source", "persistentVolumeClaimName")
                .with("fast", "spec", "volumeSnapshotClassName");
    }

    /** {@code ns/snap}, to be bound to the content {@code imported}. */
    static Objects.Plain importing() {
        return Objects.of(Kinds.SNAPSHOT, "ns/snap")
                .uid(UID)
                .with("imported", "spec", "source", "volumeSnapshotContentName");
    }

    /** The content {@code imported} of the snapshot {@code handle}, for {@code ns/snap}. */
    static Objects.Plain imported() {
        return imported("imported");
    }

    static Objects.Plain imported(String name) {
        return Objects.of(Kinds.SNAPSHOT_CONTENT, name)
                .with(ModelDriver.NAME, "spec", "driver")
                .with("Delete", "spec", "deletionPolicy")
                .with("handle", "spec", "source", "snapshotHandle")
                .with(Map.of("namespace", "ns", "name", "snap"), "spec", "volumeSnapshotRef");
    }

    SnapshotWorld with(ObjectBuilder<?>... objects) {
        for (ObjectBuilder<?> object : objects) {
            server.put(object);
        }
        return this;
    }

    /** The next calls of CreateSnapshot end so. */
    SnapshotWorld refusing(Code... codes) {
        for (Code code : codes) {
            driver.calls().plan(solo.csi.Rpcs.CREATE_SNAPSHOT, DriverFault.refused(code));
        }
        return this;
    }

    /** Somebody else's finalizer comes on top. */
    void hold(Kind<?> kind, ObjectKey key, String finalizer) {
        server.finalizers(
                kind,
                key,
                seen -> Stream.concat(seen.stream(), Stream.of(finalizer)).toList());
    }

    Outcome runSnapshot() {
        return run(ofCluster, SnapshotController.SNAPSHOTS, SNAPSHOT);
    }

    Outcome runContent() {
        return runContent(CONTENT);
    }

    Outcome runContent(ObjectKey content) {
        return run(ofDriver, Snapshotter.CONTENTS, content);
    }

    Outcome runProtection(ObjectKey content) {
        return run(ofCluster, SnapshotController.CONTENTS, content);
    }

    Outcome runGroup() {
        return run(ofCluster, SnapshotController.GROUPS, GROUP);
    }

    Outcome runGroupContent() {
        return run(ofDriver, GroupSnapshotter.CONTENTS, GROUP_CONTENT);
    }

    Outcome runGroupContent(ObjectKey content) {
        return run(ofDriver, GroupSnapshotter.CONTENTS, content);
    }

    Outcome runContentOn(String node, ObjectKey content) {
        return run(half(node), Snapshotter.CONTENTS, content);
    }

    Outcome runGroupContentOn(String node, ObjectKey content) {
        return run(half(node), GroupSnapshotter.CONTENTS, content);
    }

    /** What the half of a node wants to look at when this content is seen for the first time. */
    Collection<ObjectKey> noticedOn(String node, ObjectKey content) {
        return noticed(half(node), Kinds.SNAPSHOT_CONTENT, content);
    }

    Collection<ObjectKey> groupNoticedOn(String node, ObjectKey content) {
        return noticed(half(node), Kinds.GROUP_SNAPSHOT_CONTENT, content);
    }

    private List<Controller> half(String node) {
        return java.util.Objects.requireNonNull(ofNodes.get(node), "no half on " + node);
    }

    private <R extends Projected> Collection<ObjectKey> noticed(List<Controller> half, Kind<R> kind, ObjectKey key) {
        Change<R> seen = new Change<>(null, cluster.store(kind).get(key));
        Set<ObjectKey> noticed = new LinkedHashSet<>();
        for (Controller controller : half) {
            for (Trigger<?> trigger : controller.triggers()) {
                if (trigger.kind().equals(kind)) {
                    @SuppressWarnings("unchecked") // of the same kind
                    Trigger<R> same = (Trigger<R>) trigger;
                    noticed.addAll(same.keys().apply(seen));
                }
            }
        }
        return noticed;
    }

    Outcome runGroupProtection(ObjectKey content) {
        return run(ofCluster, SnapshotController.GROUP_CONTENTS, content);
    }

    Outcome runMember(ObjectKey member) {
        return run(ofCluster, SnapshotController.SNAPSHOTS, member);
    }

    Outcome runClaim() {
        return run(ofCluster, SnapshotController.CLAIMS, CLAIM);
    }

    /** Everything looks at everything, until nothing changes any more. */
    SnapshotWorld settle() {
        long before;
        do {
            before = server.revision();
            clock.advance(Duration.ofSeconds(3));
            for (Controller controller : all()) {
                for (ObjectKey key : keys()) {
                    reconcile(controller.reconciler(), key);
                }
            }
        } while (server.revision() != before);
        return this;
    }

    private List<Controller> all() {
        List<Controller> all = new ArrayList<>(ofCluster);
        all.addAll(ofDriver);
        ofNodes.values().forEach(all::addAll);
        return all;
    }

    private Set<ObjectKey> keys() {
        Set<ObjectKey> keys = new LinkedHashSet<>();
        for (Kind<?> kind : List.of(
                Kinds.GROUP_SNAPSHOT,
                Kinds.GROUP_SNAPSHOT_CONTENT,
                Kinds.SNAPSHOT,
                Kinds.SNAPSHOT_CONTENT,
                Kinds.CLAIM)) {
            server.objects(kind)
                    .forEach(one -> keys.add(new ObjectKey(
                            one.at("metadata", "namespace").text(""),
                            one.at("metadata", "name").text(""))));
        }
        return keys;
    }

    private static Outcome run(List<Controller> controllers, String name, ObjectKey key) {
        return controllers.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .map(one -> reconcile(one.reconciler(), key))
                .orElseThrow(() -> new AssertionError("no controller " + name));
    }

    private static Outcome reconcile(Reconciler reconciler, ObjectKey key) {
        try {
            return reconciler.reconcile(key);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Json snapshot() {
        return server.object(Kinds.SNAPSHOT, SNAPSHOT);
    }

    Json content() {
        return server.object(Kinds.SNAPSHOT_CONTENT, CONTENT);
    }

    Json claim() {
        return server.object(Kinds.CLAIM, CLAIM);
    }

    <R extends Projected> @Nullable Json find(Kind<R> kind, ObjectKey key) {
        return server.find(kind, key);
    }

    static List<String> finalizers(Json object) {
        return object.at("metadata", "finalizers").texts();
    }

    boolean beingCreated() {
        return content().at("metadata", "annotations").textMap().containsKey(SnapshotNames.BEING_CREATED);
    }

    String error(Json object) {
        return object.at("status", "error", "message").text("");
    }

    /** The word for why it waits. */
    static String code(Outcome outcome) {
        return outcome instanceof Outcome.Waiting waiting ? waiting.reason().code() : outcome.toString();
    }
}
