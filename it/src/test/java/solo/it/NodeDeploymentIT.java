package solo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.storage.CSIStorageCapacity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import solo.app.Role;
import solo.app.options.SoloOptions;

/**
 * Each node provisions its own volumes. There is one node here, so nobody races for a claim; races are held by
 * NodeRaceTest, and a choice between two nodes by {@link TwoNodesIT}.
 */
@ExtendWith(RealCluster.class)
class NodeDeploymentIT {

    private static final String NAMESPACE = "solo-system";

    private static Bench bench;
    private static SoloUnderTest node;
    private static SoloUnderTest controller;

    @BeforeAll
    static void a_node_half_that_provisions_and_a_controller_half_that_does_not(Bench shared) {
        bench = shared;
        Path state = Bench.freshState();
        SoloOptions options = SoloUnderTest.options(bench, state);
        options.kubernetes.kubeconfig = NodeRights.kubeconfig(bench);
        options.nodeDeployment.enabled = true;
        options.nodeDeployment.baseDelay = Duration.ofMillis(200);
        options.capacity.enabled = true;
        options.capacity.ownerRefLevel = -1;
        options.environment =
                Map.of("NAMESPACE", NAMESPACE, "NODE_NAME", bench.cluster().nodeName());
        node = SoloUnderTest.start(Set.of(Role.NODE), options);

        SoloOptions central = SoloUnderTest.options(bench, state);
        central.nodeDeployment.enabled = true;
        controller = SoloUnderTest.start(Set.of(Role.CONTROLLER), central);
    }

    @AfterAll
    static void stop() {
        controller.close();
        node.close();
        bench.client()
                .storage()
                .v1()
                .csiStorageCapacities()
                .inNamespace(NAMESPACE)
                .delete();
    }

    @Test
    void a_claim_that_nobody_gave_to_a_node_is_taken_provisioned_and_deleted_by_one() {
        try (Sandbox sandbox = bench.sandbox("taken")) {
            sandbox.claim("data", "solo-local-immediate");
            PersistentVolume volume = sandbox.volumeOf("data");
            assertThat(sandbox.awaitBound("data").getMetadata().getAnnotations())
                    .containsEntry(
                            "volume.kubernetes.io/selected-node",
                            bench.cluster().nodeName());
            assertThat(volume.getSpec()
                            .getCsi()
                            .getVolumeAttributes()
                            .get("storage.kubernetes.io/csiProvisionerIdentity"))
                    .endsWith("-local.csi.solo-" + bench.cluster().nodeName());
            sandbox.deleteClaim("data");
            sandbox.awaitVolumeGone(volume.getMetadata().getName());
            assertThat(node.volumes()).doesNotContain(volume.getSpec().getCsi().getVolumeHandle());
        }
    }

    @Test
    void a_pods_claim_is_provisioned_by_its_node_and_grown_by_the_controller_half() {
        try (Sandbox sandbox = bench.sandbox("late-node")) {
            sandbox.claim("data", "solo-local");
            sandbox.pod("writer", "data", "sleep 3600");
            sandbox.awaitRunning("writer");
            sandbox.request("data", "32Mi");
            sandbox.awaitCapacity("data", "32Mi");
            String volume = sandbox.volumeOf("data").getMetadata().getName();
            sandbox.deletePod("writer");
            sandbox.deleteClaim("data");
            sandbox.awaitVolumeGone(volume);
        }
    }

    @Test
    void the_node_says_how_much_room_it_has() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(bench
                                .client()
                                .storage()
                                .v1()
                                .csiStorageCapacities()
                                .inNamespace(NAMESPACE)
                                .withLabel(
                                        "csi.storage.k8s.io/managed-by",
                                        "external-provisioner-"
                                                + bench.cluster().nodeName())
                                .list()
                                .getItems()
                                .stream()
                                .map(CSIStorageCapacity::getStorageClassName))
                        .contains("solo-local"));
    }
}
