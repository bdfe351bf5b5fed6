package solo.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import solo.kube.Kind;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;

/** The parts of Kubernetes around claims act as the real ones do, one request at a time. */
class KubernetesPartsTest {

    private static final ObjectKey DATA = new ObjectKey("ns", "data");
    private static final ObjectKey PV = ObjectKey.cluster("pv");

    private final World world = World.of(Scenario.of(ports -> List.of()));
    private final SimulatedApiServer server = world.server();
    private final List<KubernetesPart> parts = List.of(
            new PersistentVolumeController(), new VolumeProtection(), new PodScheduler(), new AttachDetachController());

    @BeforeEach
    void begin() {
        parts.forEach(part -> part.begin(world));
    }

    @Test
    void an_immediate_claim_is_given_to_its_provisioner_at_once() {
        server.add(Objects.storageClass("fast"));
        server.add(Objects.claim("ns/data").storageClass("fast"));

        settle();

        assertThat(claim().at("metadata", "annotations", "volume.kubernetes.io/storage-provisioner")
                        .text(""))
                .isEqualTo(ModelDriver.NAME);
    }

    @Test
    void a_waiting_claim_is_given_to_its_provisioner_once_a_pod_has_a_node() {
        server.add(Objects.storageClass("late").waitForFirstConsumer());
        server.add(Objects.node("node-a"));
        server.add(Objects.claim("ns/data").storageClass("late"));
        settle();
        assertThat(claim().at("metadata", "annotations").present()).isFalse();

        server.add(Objects.pod("ns/pod", "data"));
        settle();

        assertThat(claim().at("metadata", "annotations", "volume.kubernetes.io/selected-node")
                        .text(""))
                .isEqualTo("node-a");
        assertThat(claim().at("metadata", "annotations", "volume.kubernetes.io/storage-provisioner")
                        .text(""))
                .isEqualTo(ModelDriver.NAME);
    }

    @Test
    void a_node_that_the_provisioner_refused_is_selected_anew() {
        server.add(Objects.storageClass("late").waitForFirstConsumer());
        server.add(Objects.node("node-a"));
        server.add(Objects.claim("ns/data").storageClass("late"));
        server.add(Objects.pod("ns/pod", "data"));
        settle();

        server.edit(
                Kinds.CLAIM,
                DATA,
                tree -> Trees.with(tree, null, "metadata", "annotations", "volume.kubernetes.io/selected-node"));
        settle();

        assertThat(claim().at("metadata", "annotations", "volume.kubernetes.io/selected-node")
                        .text(""))
                .isEqualTo("node-a");
    }

    @Test
    void claim_and_volume_made_for_each_other_are_bound_in_four_writes() {
        bound();

        assertThat(KubernetesObjects.phase(claim())).isEqualTo("Bound");
        assertThat(claim().at("spec", "volumeName").text("")).isEqualTo("pv");
        assertThat(claim().at("status", "capacity", "storage").text("")).isEqualTo("1Gi");
        assertThat(KubernetesObjects.phase(object(Kinds.VOLUME, PV))).isEqualTo("Bound");
    }

    @Test
    void a_volume_whose_claim_has_gone_is_released() {
        bound();

        server.remove(Kinds.CLAIM, DATA);
        settle();

        assertThat(server.find(Kinds.CLAIM, DATA)).isNull();
        assertThat(KubernetesObjects.phase(object(Kinds.VOLUME, PV))).isEqualTo("Released");
    }

    @Test
    void a_volume_of_a_claim_of_the_same_name_but_another_uid_is_released() {
        server.add(Objects.storageClass("fast"));
        server.add(Objects.claim("ns/data").storageClass("fast"));
        server.add(Objects.volume("pv").storageClass("fast").claimRef("ns/data", "uid-of-the-claim-before"));

        settle();

        assertThat(KubernetesObjects.phase(object(Kinds.VOLUME, PV))).isEqualTo("Released");
        assertThat(KubernetesObjects.phase(claim())).isEqualTo("Pending");
    }

    @Test
    void a_bound_claim_whose_volume_has_gone_is_lost() {
        bound();

        server.edit(Kinds.VOLUME, PV, tree -> Trees.with(tree, null, "metadata", "finalizers"));
        server.remove(Kinds.VOLUME, PV);
        settle();

        assertThat(KubernetesObjects.phase(claim())).isEqualTo("Lost");
    }

    @Test
    void a_claim_in_use_and_a_bound_volume_are_held() {
        bound();
        server.add(Objects.pod("ns/pod", "data"));

        server.remove(Kinds.CLAIM, DATA);
        server.remove(Kinds.VOLUME, PV);
        settle();
        assertThat(KubernetesObjects.deleting(claim())).isTrue();
        assertThat(KubernetesObjects.deleting(object(Kinds.VOLUME, PV))).isTrue();

        server.remove(Objects.POD, new ObjectKey("ns", "pod"));
        settle();
        assertThat(server.find(Kinds.CLAIM, DATA)).isNull();
        assertThat(server.find(Kinds.VOLUME, PV)).isNull();
    }

    @Test
    void a_placed_pod_has_its_volume_attached_and_detached() {
        server.add(Objects.node("node-a"));
        bound();

        server.add(Objects.pod("ns/pod", "data"));
        settle();
        assertThat(server.objects(Kinds.ATTACHMENT)).singleElement().satisfies(attachment -> {
            assertThat(attachment.at("spec", "nodeName").text("")).isEqualTo("node-a");
            assertThat(attachment.at("spec", "source", "persistentVolumeName").text(""))
                    .isEqualTo("pv");
        });

        server.remove(Objects.POD, new ObjectKey("ns", "pod"));
        settle();
        assertThat(server.objects(Kinds.ATTACHMENT)).isEmpty();
    }

    @Test
    void a_pod_is_placed_where_its_volume_can_be_reached() {
        server.add(Objects.node("node-a").label("zone", "a"));
        server.add(Objects.node("node-b").label("zone", "b"));
        bound();
        server.edit(
                Kinds.VOLUME,
                PV,
                tree -> Trees.with(
                        tree,
                        Trees.at(Objects.volume("x").onNodesWith("zone", "b").build(), "spec", "nodeAffinity"),
                        "spec",
                        "nodeAffinity"));

        server.add(Objects.pod("ns/pod", "data"));
        settle();

        assertThat(server.objects(Objects.POD))
                .extracting(pod -> pod.at("spec", "nodeName").text(""))
                .containsExactly("node-b");
    }

    private void bound() {
        server.add(Objects.storageClass("fast"));
        Json claim = server.add(Objects.claim("ns/data").storageClass("fast"));
        server.add(Objects.volume("pv").storageClass("fast").claimRef("ns/data", KubernetesObjects.uid(claim)));
        settle();
    }

    /** Makes the first possible move again and again, until there is none. */
    private void settle() {
        for (int i = 0; i < 100; i++) {
            List<Move> moves =
                    parts.stream().flatMap(part -> part.moves(world).stream()).toList();
            if (moves.isEmpty()) {
                return;
            }
            moves.getFirst().doing().run();
        }
        throw new AssertionError("does not settle");
    }

    private Json claim() {
        return object(Kinds.CLAIM, DATA);
    }

    private Json object(Kind<?> kind, ObjectKey key) {
        return server.object(kind, key);
    }
}
