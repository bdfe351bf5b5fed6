package solo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A claim's life with the bundled driver, both halves of Solo in this JVM. */
@ExtendWith(RealCluster.class)
class ProvisioningIT {

    private static SoloUnderTest solo;
    private static Bench bench;

    @BeforeAll
    static void start(Bench shared) {
        bench = shared;
        solo = SoloUnderTest.all(shared);
    }

    @AfterAll
    static void stop() {
        solo.close();
    }

    @Test
    void a_claim_of_an_immediate_class_is_bound_without_a_pod() {
        try (Sandbox sandbox = bench.sandbox("immediate")) {
            sandbox.claim("data", "solo-local-immediate");
            PersistentVolume volume = sandbox.volumeOf("data");
            assertThat(volume.getMetadata().getName()).startsWith("pvc-");
            assertThat(volume.getMetadata().getAnnotations())
                    .containsEntry("pv.kubernetes.io/provisioned-by", "local.csi.solo");
            assertThat(volume.getSpec().getCsi().getDriver()).isEqualTo("local.csi.solo");
            assertThat(volume.getSpec().getNodeAffinity()).isNotNull();
        }
    }

    @Test
    void a_claim_that_waits_for_its_first_consumer_is_bound_when_a_pod_comes_and_two_pods_share_it() {
        try (Sandbox sandbox = bench.sandbox("late")) {
            sandbox.claim("data", "solo-local");
            sandbox.pod("writer", "data", "echo shared > /data/words && sync && sleep 3600");
            sandbox.awaitBound("data");
            sandbox.awaitRunning("writer");
            sandbox.pod("reader", "data", "until grep -q shared /data/words; do sleep 1; done");
            assertThat(sandbox.awaitEnd("reader")).isEqualTo("Succeeded");
        }
    }

    @Test
    void deleting_the_claim_deletes_the_volume_and_its_data() {
        try (Sandbox sandbox = bench.sandbox("delete")) {
            sandbox.claim("data", "solo-local-immediate");
            PersistentVolume volume = sandbox.volumeOf("data");
            assertThat(solo.volumes()).contains(volume.getSpec().getCsi().getVolumeHandle());
            sandbox.deleteClaim("data");
            sandbox.awaitVolumeGone(volume.getMetadata().getName());
            assertThat(solo.volumes()).doesNotContain(volume.getSpec().getCsi().getVolumeHandle());
        }
    }

    @Test
    void a_retained_volume_outlives_its_claim_with_its_data() {
        try (Sandbox sandbox = bench.sandbox("retain")) {
            sandbox.claim("data", "solo-local-retain");
            sandbox.pod("writer", "data", "echo kept > /data/words");
            assertThat(sandbox.awaitEnd("writer")).isEqualTo("Succeeded");
            PersistentVolume volume = sandbox.volumeOf("data");
            String name = volume.getMetadata().getName();
            sandbox.deletePod("writer");
            sandbox.deleteClaim("data");
            PersistentVolume released = sandbox.awaitPhase(name, "Released");
            assertThat(solo.volumes()).contains(released.getSpec().getCsi().getVolumeHandle());
            bench.client().persistentVolumes().withName(name).delete();
            sandbox.awaitVolumeGone(name);
            assertThat(solo.volumes()).contains(released.getSpec().getCsi().getVolumeHandle());
        }
    }

    @Test
    void a_claim_that_asks_for_more_gets_more_while_its_pod_runs() {
        try (Sandbox sandbox = bench.sandbox("expand")) {
            sandbox.claim("data", "solo-local");
            sandbox.pod("writer", "data", "while true; do date >> /data/log; sleep 1; done");
            sandbox.awaitRunning("writer");
            sandbox.request("data", "32Mi");
            sandbox.awaitCapacity("data", "32Mi");
            assertThat(sandbox.volumeOf("data").getSpec().getCapacity().get("storage"))
                    .hasToString("32Mi");
        }
    }

    @Test
    void a_class_with_an_unknown_reserved_key_is_told_in_an_event_and_mending_it_binds_the_claim() {
        StorageClass broken = new StorageClassBuilder()
                .withNewMetadata()
                .withName("solo-broken")
                .endMetadata()
                .withProvisioner("local.csi.solo")
                .withParameters(Map.of("csi.storage.k8s.io/fstyp", "ext4"))
                .withVolumeBindingMode("Immediate")
                .withReclaimPolicy("Delete")
                .build();
        try (Sandbox sandbox = bench.sandbox("unknown-key")) {
            bench.client().resource(broken).create();
            sandbox.claim("data", "solo-broken");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(sandbox.events("data")).anySatisfy(event -> {
                        assertThat(event.getReason()).isEqualTo("ProvisioningFailed");
                        assertThat(event.getMessage()).contains("csi.storage.k8s.io/fstyp");
                    }));
            bench.client().resource(broken).delete();
            StorageClass mended =
                    new StorageClassBuilder(broken).withParameters(Map.of()).build();
            bench.client().resource(mended).create();
            sandbox.awaitBound("data");
        } finally {
            bench.client()
                    .storage()
                    .v1()
                    .storageClasses()
                    .withName("solo-broken")
                    .delete();
        }
    }
}
