package solo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.storage.CSIStorageCapacity;
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
import solo.app.options.ControllerChoice;
import solo.app.options.SoloOptions;
import solo.kube.model.Json;

/**
 * Each node provisions its own volumes and takes their snapshots. There is one node here, so nobody races for a claim;
 * races are held by NodeRaceTest, and a choice between two nodes by {@link TwoNodesIT}.
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
        central.controllers.choice = ControllerChoice.parse("*,snapshot-controller");
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
    void a_snapshot_is_taken_restored_and_deleted_by_the_node_that_its_content_names() {
        try (Sandbox sandbox = bench.sandbox("snap-node")) {
            Snapshots snapshots = new Snapshots(bench, sandbox);
            sandbox.claim("data", "solo-local-immediate");
            sandbox.awaitBound("data");
            snapshots.take("snap", "data", "solo-local");
            snapshots.awaitReady("snap");
            Json content = snapshots.contentOf("snap");
            assertThat(content.at("metadata", "labels", "snapshot.storage.kubernetes.io/managed-by")
                            .text())
                    .isEqualTo(bench.cluster().nodeName());

            snapshots.restore("restored", "snap", "solo-local-immediate", "16Mi");
            sandbox.awaitBound("restored");

            snapshots.delete("snap");
            snapshots.awaitGone("snap");
            snapshots.awaitContentGone(content.at("metadata", "name").text(""));
            for (String claim : List.of("data", "restored")) {
                String volume = sandbox.volumeOf(claim).getMetadata().getName();
                sandbox.deleteClaim(claim);
                sandbox.awaitVolumeGone(volume);
            }
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
