package solo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.api.model.storage.VolumeAttributesClassBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import solo.app.Role;
import solo.driver.LocalDriver;

/** A claim is given another VolumeAttributesClass, and its volume really becomes another. */
@ExtendWith(RealCluster.class)
class ModifyIT {
    private static final String SLEEP = "sleep 3600";

    private static SoloUnderTest solo;

    private final Bench bench;
    private final Sandbox sandbox;

    ModifyIT(Bench bench) {
        this.bench = bench;
        sandbox = bench.sandbox("modify");
    }

    @BeforeAll
    static void start(Bench bench) {
        solo = SoloUnderTest.start(bench, Set.of(Role.CONTROLLER, Role.NODE), Bench.freshState())
                .registered();
    }

    @AfterAll
    static void stop() {
        solo.close();
    }

    @AfterEach
    void nothingIsLeft() {
        sandbox.deleteClaims(solo);
        sandbox.close();
    }

    @Test
    void a_pod_that_uses_the_volume_sees_the_new_class_at_once() {
        sandbox.claim("data", imageClass(), "64Mi", "Filesystem");
        sandbox.pod(
                "user",
                "data",
                "grep ' /data ext4 ' /proc/mounts | grep -q discard || exit 1;"
                        + " while grep ' /data ext4 ' /proc/mounts | grep -q discard; do sleep 0.1; done");
        sandbox.awaitRunning("user");

        sandbox.giveAttributesClass("data", attributesClass("solo-keeps-room", Map.of("discard", "false")));

        sandbox.awaitAttributesClass("data", "solo-keeps-room");
        end("user");
    }

    @Test
    void the_next_pod_has_the_access_time_rule_of_the_class_that_the_claim_was_made_with_and_of_the_one_after() {
        String without = attributesClass("solo-noatime", Map.of("atime", "noatime"));
        String strict = attributesClass("solo-strictatime", Map.of("atime", "strictatime"));
        sandbox.claimOfAttributesClass("data", "solo-local", without);
        run("first", "grep -q ' /data .*noatime' /proc/mounts");

        sandbox.giveAttributesClass("data", strict);
        sandbox.awaitAttributesClass("data", strict);
        run("second", "grep ' /data ' /proc/mounts && ! grep -q ' /data .*atime' /proc/mounts");
    }

    @Test
    void a_class_that_means_nothing_to_the_volume_is_refused_in_a_sentence_on_the_claim() {
        sandbox.claim("data", "solo-local");
        sandbox.pod("user", "data", SLEEP);
        sandbox.awaitRunning("user");

        sandbox.giveAttributesClass("data", attributesClass("solo-fast", Map.of("iops", "10000")));

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(sandbox.events("data"))
                        .anySatisfy(event -> assertThat(event.getMessage()).contains("iops", "knows atime")));
        sandbox.deletePod("user");
    }

    private String imageClass() {
        var storageClass = new StorageClassBuilder()
                .withNewMetadata()
                .withName("solo-modify-ext4")
                .endMetadata()
                .withProvisioner(LocalDriver.NAME)
                .withParameters(Map.of("backend", "image", "csi.storage.k8s.io/fstype", "ext4"))
                .withVolumeBindingMode("WaitForFirstConsumer")
                .build();
        bench.client().resource(storageClass).serverSideApply();
        return storageClass.getMetadata().getName();
    }

    private String attributesClass(String name, Map<String, String> parameters) {
        var attributesClass = new VolumeAttributesClassBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withDriverName(LocalDriver.NAME)
                .withParameters(parameters)
                .build();
        bench.client().resource(attributesClass).serverSideApply();
        return name;
    }

    private void run(String pod, String script) {
        sandbox.pod(pod, "data", script);
        end(pod);
    }

    private void end(String pod) {
        assertThat(sandbox.awaitEnd(pod)).as(pod).isEqualTo("Succeeded");
        sandbox.deletePod(pod);
    }
}
