package solo.provisioner.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import csi.v1.GetCapacityRequest;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import solo.csi.Rpcs;
import solo.csi.model.Code;
import solo.csi.model.ControllerCapability;
import solo.csi.model.PluginCapability;
import solo.csi.model.Topology;
import solo.kube.Backoff;
import solo.kube.Change;
import solo.kube.Controller;
import solo.kube.Kind;
import solo.kube.Kind.Resource;
import solo.kube.Kind.Scope;
import solo.kube.Kinds;
import solo.kube.Leadership;
import solo.kube.Trigger;
import solo.kube.model.CsiStorageCapacity;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.kube.model.Projected;
import solo.provisioner.Ports;
import solo.provisioner.Unfinished;
import solo.provisioner.capacity.model.CapacityKey;
import solo.provisioner.capacity.model.CapacityOptions;
import solo.provisioner.capacity.model.CapacityOptions.Binding;
import solo.provisioner.capacity.model.CapacityOptions.Owner;
import solo.provisioner.csi.VolumeCalls;
import solo.simulation.DriverFault;
import solo.simulation.ModelDriver;
import solo.simulation.ObjectBuilder;
import solo.simulation.Objects;
import solo.simulation.RecordedEvents;
import solo.simulation.SimulatedApiServer;
import solo.simulation.SimulatedCluster;
import solo.simulation.SimulatedWrites;
import solo.simulation.StorageClassBuilder;
import solo.simulation.VirtualClock;

/** One object for each class and place, kept right whatever happens to it; inventory §14. */
class StorageCapacityTest {

    private static final Kind<CsiStorageCapacity> ANY = new Kind<>(
            new Resource("storage.k8s.io", "v1", "csistoragecapacities", "CSIStorageCapacity", Scope.NAMESPACED),
            CsiStorageCapacity::of,
            List.of());
    private static final long GI = 1L << 30;

    private final VirtualClock clock = new VirtualClock();
    private final SimulatedApiServer server = new SimulatedApiServer(clock);
    private final PrometheusRegistry metrics = new PrometheusRegistry();
    private final ModelDriver driver = new ModelDriver(
            clock,
            EnumSet.of(PluginCapability.CONTROLLER_SERVICE, PluginCapability.VOLUME_ACCESSIBILITY_CONSTRAINTS),
            EnumSet.of(ControllerCapability.CREATE_DELETE_VOLUME, ControllerCapability.GET_CAPACITY));
    private final Deque<ObjectKey> queue = new ArrayDeque<>();
    private @Nullable Controller controller;
    private @Nullable Owner owner = new Owner("apps/v1", "Deployment", "solo", "owner-uid");
    private Binding binding = Binding.LATE_ONLY;
    private @Nullable Topology node;

    @BeforeEach
    void room() {
        driver.backend().free(10 * GI);
    }

    @Test
    void each_late_binding_class_has_an_object_for_each_place() {
        zones();
        with(
                late("fast"),
                late("slow"),
                Objects.storageClass("at-once"),
                late("foreign").provisioner("other.csi"));

        settle();

        assertThat(objects())
                .extracting(StorageCapacityTest::text)
                .containsExactlyInAnyOrder(
                        "fast {zone=a} 10Gi", "fast {zone=b} 10Gi", "slow {zone=a} 10Gi", "slow {zone=b} 10Gi");
        assertThat(gauges()).isEqualTo(List.of(4.0, 4.0, 0.0));
    }

    @Test
    void immediate_classes_are_published_only_when_that_is_asked_for() {
        zones();
        binding = Binding.IMMEDIATE_TOO;
        with(Objects.storageClass("at-once"));

        settle();

        assertThat(objects()).hasSize(2);
    }

    @Test
    void a_class_without_a_binding_mode_counts_as_late() {
        zones();
        StorageClassBuilder unsaid = Objects.storageClass("unsaid");
        unsaid.without("volumeBindingMode");
        with(unsaid);

        settle();

        assertThat(objects()).hasSize(2);
    }

    @Test
    void an_object_says_whose_it_is_and_goes_with_its_owner() {
        zones();
        with(late("fast"));

        settle();

        Json object = server.objects(ANY).getFirst();
        assertThat(object.at("metadata", "namespace").text()).isEqualTo("storage");
        assertThat(object.at("metadata", "name").text("")).startsWith("csisc-");
        assertThat(object.at("metadata", "labels").textMap())
                .isEqualTo(Map.of(
                        "csi.storage.k8s.io/drivername", "model.csi.solo",
                        "csi.storage.k8s.io/managed-by", "external-provisioner"));
        Json reference = object.at("metadata", "ownerReferences").items().getFirst();
        assertThat(reference.at("uid").text()).isEqualTo("owner-uid");
        assertThat(reference.at("controller").flag(false)).isTrue();
        assertThat(reference.at("blockOwnerDeletion").present()).isFalse();
    }

    @Test
    void the_driver_sees_the_class_parameters_as_they_are_and_the_place() {
        zones();
        with(late("fast").parameter("csi.storage.k8s.io/fstype", "xfs"));

        settle();

        GetCapacityRequest request = driver.calls().made(Rpcs.GET_CAPACITY).getFirst();
        assertThat(request.getParametersMap()).isEqualTo(Map.of("csi.storage.k8s.io/fstype", "xfs"));
        assertThat(request.getVolumeCapabilitiesList()).isEmpty();
        assertThat(request.getAccessibleTopology().getSegmentsMap()).containsKey("zone");
    }

    @Test
    void an_object_that_is_right_costs_no_write_and_our_own_write_no_second_call() {
        zones();
        with(late("fast"));
        settle();
        assertThat(driver.calls().made(Rpcs.GET_CAPACITY)).hasSize(2);
        int writes = server.requests().writes();

        poll();

        assertThat(driver.calls().made(Rpcs.GET_CAPACITY)).hasSize(4);
        assertThat(server.requests().writes()).isEqualTo(writes);
    }

    @Test
    void a_change_of_the_room_is_written_and_no_room_at_all_is_too() {
        zones();
        with(late("fast"));
        settle();

        driver.backend().free(0);
        poll();

        assertThat(objects())
                .extracting(StorageCapacityTest::text)
                .containsExactlyInAnyOrder("fast {zone=a} 0", "fast {zone=b} 0");
    }

    @Test
    void a_driver_that_does_not_answer_leaves_the_object_as_it_is() {
        zones();
        with(late("fast"));
        settle();
        driver.calls().plan(Rpcs.GET_CAPACITY, DriverFault.refused(Code.INTERNAL), DriverFault.refused(Code.INTERNAL));
        int writes = server.requests().writes();

        assertThat(poll()).allMatch(Outcome.Waiting.class::isInstance);

        assertThat(server.requests().writes()).isEqualTo(writes);
        assertThat(objects()).hasSize(2);
    }

    @Test
    void a_place_without_nodes_and_a_class_that_is_gone_take_their_objects_along() {
        zones();
        with(late("fast"));
        settle();

        server.remove(Kinds.CSI_NODE, ObjectKey.cluster("n2"));
        settle();
        assertThat(objects()).extracting(StorageCapacityTest::text).containsExactly("fast {zone=a} 10Gi");

        server.remove(Kinds.STORAGE_CLASS, ObjectKey.cluster("fast"));
        settle();
        assertThat(objects()).isEmpty();
        assertThat(gauges()).isEqualTo(List.of(0.0, 0.0, 0.0));
    }

    @Test
    void a_node_counts_once_it_has_all_labels() {
        with(late("fast"), Objects.node("n1"), Objects.csiNode("n1", "zone"));
        settle();
        assertThat(objects()).isEmpty();

        with(Objects.node("n1").label("zone", "a"));
        settle();
        assertThat(objects()).extracting(StorageCapacityTest::text).containsExactly("fast {zone=a} 10Gi");

        with(Objects.node("n1").label("zone", "b"));
        settle();
        assertThat(objects()).extracting(StorageCapacityTest::text).containsExactly("fast {zone=b} 10Gi");
    }

    @Test
    void a_registration_without_its_node_does_not_count() {
        with(late("fast"), Objects.csiNode("n1", "zone"));

        settle();

        assertThat(objects()).isEmpty();
    }

    @Test
    void a_driver_without_topology_keys_has_one_object_that_is_about_everywhere() {
        with(late("fast"), Objects.node("n1"), Objects.csiNode("n1"), Objects.node("n2"), Objects.csiNode("n2"));

        settle();
        settle();

        assertThat(objects()).extracting(StorageCapacityTest::text).containsExactly("fast {} 10Gi");
        assertThat(server.requests().writes()).isEqualTo(1);
    }

    @Test
    void what_others_delete_or_change_is_put_right() {
        zones();
        with(late("fast"));
        settle();
        ObjectKey key = objects().getFirst().key();

        server.edit(ANY, key, tree -> with(tree, "1", "capacity"));
        settle();
        assertThat(objects())
                .extracting(StorageCapacityTest::text)
                .contains("fast {zone=a} 10Gi", "fast {zone=b} 10Gi");

        server.remove(ANY, key);
        settle();
        assertThat(objects()).hasSize(2);
    }

    @Test
    void a_missing_owner_is_added_beside_the_old_ones() {
        zones();
        owner = null;
        with(late("fast"));
        settle();
        ObjectKey key = objects().getFirst().key();
        server.edit(
                ANY,
                key,
                tree -> with(
                        tree,
                        List.of(Map.of("apiVersion", "v1", "kind", "Pod", "name", "p", "uid", "older")),
                        "metadata",
                        "ownerReferences"));

        owner = new Owner("apps/v1", "Deployment", "solo", "owner-uid");
        controller = null;
        settle();

        assertThat(CsiStorageCapacity.of(server.object(ANY, key)).owners()).containsExactly("older", "owner-uid");
    }

    @Test
    void objects_of_others_are_never_touched() {
        zones();
        with(late("fast"));
        with(foreign("storage/theirs", "model.csi.solo", "someone-else"));
        with(foreign("elsewhere/theirs", "model.csi.solo", "external-provisioner"));
        with(foreign("storage/other-driver", "other.csi", "external-provisioner"));

        settle();

        assertThat(objects()).hasSize(5);
    }

    @Test
    void one_that_has_lost_its_labels_is_left_alone_and_replaced() {
        zones();
        with(late("fast"));
        settle();
        ObjectKey key = objects().getFirst().key();

        server.edit(ANY, key, tree -> with(tree, Map.of(), "metadata", "labels"));
        settle();

        assertThat(objects()).hasSize(3);
    }

    @Test
    void of_two_objects_about_the_same_the_younger_goes() {
        zones();
        with(late("fast"));
        settle();
        clock.advance(Duration.ofSeconds(5));
        with(foreign("storage/copy", "model.csi.solo", "external-provisioner")
                .with("fast", "storageClassName")
                .with(Map.of("zone", "a"), "nodeTopology", "matchLabels"));

        settle();

        assertThat(objects()).hasSize(2).noneMatch(object -> object.key().name().equals("copy"));
    }

    @Test
    void a_new_volume_makes_its_places_stale_and_one_without_places_all_of_them() {
        zones();
        with(late("fast"));
        settle();

        with(Objects.volume("pv-1").storageClass("fast").onNodesWith("zone", "b"));
        assertThat(stale()).extracting(ObjectKey::toString).containsExactly("fast/zone=b");

        with(Objects.volume("pv-2").storageClass("fast"));
        assertThat(stale()).hasSize(2);
    }

    @Test
    void a_volume_that_goes_makes_its_places_stale_and_one_without_places_none() {
        zones();
        with(
                late("fast"),
                Objects.volume("pv-1").storageClass("fast").onNodesWith("zone", "b"),
                Objects.volume("pv-2").storageClass("fast"));
        settle();

        server.remove(Kinds.VOLUME, ObjectKey.cluster("pv-1"));
        assertThat(stale()).extracting(ObjectKey::toString).containsExactly("fast/zone=b");

        server.remove(Kinds.VOLUME, ObjectKey.cluster("pv-2"));
        assertThat(stale()).isEmpty();
    }

    @Test
    void a_claim_given_back_to_the_scheduler_makes_its_class_stale() {
        zones();
        with(
                late("fast"),
                Objects.claim("ns/data").storageClass("fast").provisioner().selectedNode("n1"));
        settle();

        with(Objects.claim("ns/data").storageClass("fast").provisioner());

        assertThat(stale()).hasSize(2);
    }

    @Test
    void on_a_node_of_its_own_an_instance_is_about_that_place_only() {
        zones();
        node = Topology.of(Map.of("zone", "b"));
        with(late("fast"));

        settle();

        assertThat(objects()).extracting(StorageCapacityTest::text).containsExactly("fast {zone=b} 10Gi");
    }

    // ---- the machinery

    private Controller controller() {
        Controller running = controller;
        if (running == null) {
            var options = new CapacityOptions(
                    ModelDriver.NAME,
                    "storage",
                    "external-provisioner",
                    owner,
                    binding,
                    Duration.ofMinutes(1),
                    1,
                    node);
            metrics.clear();
            SimulatedCluster fresh = new SimulatedCluster(server);
            var ports = new Ports(
                    fresh,
                    new SimulatedWrites(server, fresh),
                    new VolumeCalls(driver),
                    new RecordedEvents(),
                    clock,
                    Leadership.ALWAYS,
                    Unfinished.NOWHERE);
            running = new StorageCapacity(ports, options, metrics).controller(Backoff.DEFAULT);
            controller = running;
            running.triggers().forEach(trigger -> wire(fresh, trigger));
        }
        return running;
    }

    private <R extends Projected> void wire(SimulatedCluster of, Trigger<R> trigger) {
        of.store(trigger.kind()).onChange(change -> offer(trigger.keys().apply(change)));
        of.store(trigger.kind()).all().forEach(record -> offer(trigger.keys().apply(new Change<>(null, record))));
    }

    private void offer(Collection<ObjectKey> keys) {
        keys.stream().filter(key -> !queue.contains(key)).forEach(queue::add);
    }

    /** Reconciles until the queue is empty. */
    private void settle() {
        Controller running = controller();
        while (!queue.isEmpty()) {
            reconcile(running, queue.remove());
        }
    }

    /** Every object's time has come. */
    private List<Outcome> poll() {
        Controller running = controller();
        Set<ObjectKey> keys = new LinkedHashSet<>();
        objects().forEach(object -> keys.add(CapacityKey.of(object).queued()));
        return keys.stream().map(key -> reconcile(running, key)).toList();
    }

    /** What the last change has queued. */
    private List<ObjectKey> stale() {
        List<ObjectKey> keys = List.copyOf(queue);
        queue.clear();
        return keys;
    }

    private static Outcome reconcile(Controller controller, ObjectKey key) {
        try {
            return controller.reconciler().reconcile(key);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void zones() {
        with(
                Objects.node("n1").label("zone", "a"),
                Objects.csiNode("n1", "zone"),
                Objects.node("n2").label("zone", "b"),
                Objects.csiNode("n2", "zone"));
    }

    private void with(ObjectBuilder<?>... objects) {
        for (ObjectBuilder<?> object : objects) {
            server.put(object);
        }
    }

    private static StorageClassBuilder late(String name) {
        return Objects.storageClass(name).waitForFirstConsumer();
    }

    private static ObjectBuilder<?> foreign(String name, String driver, String managedBy) {
        return Objects.of(ANY, name)
                .label("csi.storage.k8s.io/drivername", driver)
                .label("csi.storage.k8s.io/managed-by", managedBy)
                .with("gone", "storageClassName");
    }

    private List<CsiStorageCapacity> objects() {
        return server.objects(ANY).stream().map(CsiStorageCapacity::of).toList();
    }

    private static String text(CsiStorageCapacity object) {
        return object.storageClassName() + " " + object.nodeTopology() + " " + object.capacity();
    }

    /** desired_goal, desired_current, obsolete. */
    private List<Double> gauges() {
        return List.of("desired_goal", "desired_current", "obsolete").stream()
                .map(name -> "csistoragecapacities_" + name)
                .map(name -> metrics.scrape(name::equals).stream()
                        .flatMap(metric -> ((GaugeSnapshot) metric).getDataPoints().stream())
                        .mapToDouble(GaugeSnapshot.GaugeDataPointSnapshot::getValue)
                        .sum())
                .toList();
    }

    private static Map<String, Object> with(Map<String, Object> tree, Object value, String... path) {
        Map<String, Object> copy = new LinkedHashMap<>(tree);
        if (path.length == 1) {
            copy.put(path[0], value);
        } else {
            Map<String, Object> metadata = new LinkedHashMap<>(
                    new Json(tree).at(path[0]).value() instanceof Map<?, ?> map ? cast(map) : Map.of());
            metadata.put(path[1], value);
            copy.put(path[0], metadata);
        }
        return copy;
    }

    private static Map<String, Object> cast(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put((String) key, value));
        return copy;
    }
}
