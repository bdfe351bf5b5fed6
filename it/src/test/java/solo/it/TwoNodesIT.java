package solo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.CSIDriverBuilder;
import io.fabric8.kubernetes.api.model.storage.CSIStorageCapacity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import solo.app.Role;
import solo.app.options.SoloOptions;
import solo.driver.LocalDriver;
import solo.driver.LocalDriverOptions;

/**
 * Two nodes, each with a pool of its own that it alone provisions from: the real scheduler chooses the one with room. The
 * first node is that of the one kubelet. The second is a {@link SimulatedNode}, whose driver and provisioner are a real
 * {@code solo node --provision} in a JVM of its own.
 */
@ExtendWith(RealCluster.class)
class TwoNodesIT {

    private static final String NAMESPACE = "solo-system";
    private static final String SECOND = "second";
    private static final String CLASS = "solo-local";
    private static final String SIZE = "256Mi";
    private static final long POOL_OF_THE_FIRST = 64L << 20;

    private static Bench bench;
    private static SoloUnderTest first;
    private static SoloChild second;
    private static Path stateOfTheSecond;
    private static SimulatedNode node;

    @BeforeAll
    static void a_node_with_a_small_pool_and_one_with_a_large_one(Bench shared) throws InterruptedException {
        bench = shared;
        Path kubeconfig = NodeRights.kubeconfig(bench);
        theSchedulerLooksAtRoom(true);

        SoloOptions options = SoloUnderTest.options(bench, Bench.freshState());
        options.kubernetes.kubeconfig = kubeconfig;
        options.nodeDeployment.enabled = true;
        options.capacity.enabled = true;
        options.capacity.ownerRefLevel = -1;
        options.environment =
                Map.of("NAMESPACE", NAMESPACE, "NODE_NAME", bench.cluster().nodeName());
        options.inProcess = (driver, nodeId) -> LocalDriver.open(
                LocalDriverOptions.of(nodeId, driver.stateDir).withPoolCapacityBytes(POOL_OF_THE_FIRST));
        first = SoloUnderTest.start(Set.of(Role.NODE), options).registered();

        stateOfTheSecond = Bench.freshState();
        Path kubelet = Bench.freshState();
        second = SoloChild.run(
                List.of(
                        "node",
                        "--provision",
                        "--enable-capacity",
                        "--capacity-ownerref-level=-1",
                        "--kubeconfig=" + kubeconfig,
                        "--node-id=" + SECOND,
                        "--state-dir=" + stateOfTheSecond,
                        "--kubelet-dir=" + kubelet),
                Map.of("NAMESPACE", NAMESPACE, "NODE_NAME", SECOND));
        second.awaitLine("serving socket=");
        node = SimulatedNode.ready(
                bench, SECOND, LocalDriver.NAME, kubelet.resolve("plugins/" + LocalDriver.NAME + "/csi.sock"));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(List.of(bench.cluster().nodeName(), SECOND))
                        .allSatisfy(name -> assertThat(room(name)).hasSize(1)));
    }

    @AfterAll
    static void one_node_again() {
        node.close();
        second.close();
        first.close();
        theSchedulerLooksAtRoom(false);
        bench.client()
                .storage()
                .v1()
                .csiStorageCapacities()
                .inNamespace(NAMESPACE)
                .delete();
    }

    @Test
    void a_pod_goes_to_the_node_that_has_room_for_its_claim_and_the_volume_is_made_there() throws Exception {
        assertThat(bytes(room(bench.cluster().nodeName()).getFirst())).isLessThan(bytes(SIZE));
        assertThat(bytes(room(SECOND).getFirst())).isGreaterThan(bytes(SIZE));
        try (Sandbox sandbox = bench.sandbox("two-nodes")) {
            sandbox.claim("data", CLASS, SIZE, "Filesystem");
            sandbox.pod("writer", "data", "sleep 3600");

            PersistentVolume volume = sandbox.volumeOf("data");
            String handle = volume.getSpec().getCsi().getVolumeHandle();
            assertThat(sandbox.awaitBound("data").getMetadata().getAnnotations())
                    .containsEntry("volume.kubernetes.io/selected-node", SECOND);
            assertThat(volume.getSpec()
                            .getNodeAffinity()
                            .getRequired()
                            .getNodeSelectorTerms()
                            .getFirst()
                            .getMatchExpressions())
                    .singleElement()
                    .satisfies(place -> assertThat(place.getValues()).containsExactly(SECOND));
            assertThat(stateOfTheSecond.resolve("dir").resolve(handle)).isDirectory();
            assertThat(first.volumes()).isEmpty();
            assertThat(sandbox.awaitNode("writer")).isEqualTo(SECOND);

            sandbox.deletePod("writer");
            sandbox.deleteClaim("data");
            sandbox.awaitVolumeGone(volume.getMetadata().getName());
            assertThat(Files.exists(stateOfTheSecond.resolve("dir").resolve(handle)))
                    .isFalse();
        }
    }

    @Test
    void a_pod_that_must_run_where_there_is_no_room_waits_and_is_told_why() {
        try (Sandbox sandbox = bench.sandbox("no-room")) {
            sandbox.claim("data", CLASS, SIZE, "Filesystem");
            sandbox.podOn(bench.cluster().nodeName(), "writer", "data", "sleep 3600");

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(sandbox.events("writer"))
                            .anySatisfy(event ->
                                    assertThat(event.getMessage()).contains("did not have enough free storage")));
            assertThat(sandbox.phase("writer")).isEqualTo("Pending");
            assertThat(first.volumes()).isEmpty();
        }
    }

    @Test
    void a_claim_that_fits_on_both_is_provisioned_where_its_pod_must_run() {
        try (Sandbox sandbox = bench.sandbox("fits")) {
            sandbox.claim("data", CLASS, "16Mi", "Filesystem");
            sandbox.podOn(bench.cluster().nodeName(), "writer", "data", "sleep 3600");
            sandbox.awaitRunning("writer");
            assertThat(first.volumes())
                    .containsExactly(sandbox.volumeOf("data").getSpec().getCsi().getVolumeHandle());

            String volume = sandbox.volumeOf("data").getMetadata().getName();
            sandbox.deletePod("writer");
            sandbox.deleteClaim("data");
            sandbox.awaitVolumeGone(volume);
        }
    }

    private static void theSchedulerLooksAtRoom(boolean storageCapacity) {
        bench.client()
                .storage()
                .v1()
                .csiDrivers()
                .withName(LocalDriver.NAME)
                .edit(driver -> new CSIDriverBuilder(driver)
                        .editSpec()
                        .withStorageCapacity(storageCapacity)
                        .endSpec()
                        .build());
    }

    /** What the scheduler knows of volumes of our class on a node. */
    private static List<CSIStorageCapacity> room(String node) {
        return bench.client().storage().v1().csiStorageCapacities().inNamespace(NAMESPACE).list().getItems().stream()
                .filter(object -> object.getStorageClassName().equals(CLASS)
                        && object.getNodeTopology().getMatchLabels().containsValue(node))
                .toList();
    }

    private static long bytes(CSIStorageCapacity room) {
        return room.getCapacity().getNumericalAmount().longValueExact();
    }

    private static long bytes(String quantity) {
        return new Quantity(quantity).getNumericalAmount().longValueExact();
    }
}
