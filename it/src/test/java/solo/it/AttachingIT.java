package solo.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.storage.VolumeAttachment;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import solo.app.Role;
import solo.app.options.SoloOptions;

/** A driver that attaches: Kubernetes makes VolumeAttachments, Solo carries them out. */
@ExtendWith(RealCluster.class)
class AttachingIT {

    private static final String FINALIZER = "external-attacher/local-csi-solo";

    private final Bench bench;
    private AttachRequired required;

    AttachingIT(Bench bench) {
        this.bench = bench;
    }

    @BeforeEach
    void the_driver_requires_attaching() {
        required = new AttachRequired(bench);
    }

    @AfterEach
    void the_driver_is_as_before() {
        required.close();
    }

    private List<VolumeAttachment> attachments(String volume) {
        return bench.client().storage().v1().volumeAttachments().list().getItems().stream()
                .filter(one -> volume.equals(one.getSpec().getSource().getPersistentVolumeName()))
                .toList();
    }

    @Test
    void a_pods_volume_is_attached_while_the_pod_runs_and_detached_afterwards() {
        SoloOptions options = SoloUnderTest.options(bench, Bench.freshState());
        options.driver.attach = true;
        try (SoloUnderTest solo = SoloUnderTest.start(Set.of(Role.CONTROLLER, Role.NODE), options);
                Sandbox sandbox = bench.sandbox("attach")) {
            sandbox.claim("data", "solo-local");
            sandbox.pod("writer", "data", "echo attached > /data/words && sync && sleep 3600");
            sandbox.awaitRunning("writer");

            PersistentVolume volume = sandbox.volumeOf("data");
            String name = volume.getMetadata().getName();
            assertThat(volume.getMetadata().getFinalizers()).contains(FINALIZER);
            assertThat(attachments(name)).singleElement().satisfies(attachment -> {
                assertThat(attachment.getStatus().getAttached()).isTrue();
                assertThat(attachment.getMetadata().getFinalizers()).containsExactly(FINALIZER);
                assertThat(attachment.getMetadata().getAnnotations())
                        .containsEntry(
                                "csi.alpha.kubernetes.io/node-id",
                                bench.cluster().nodeName());
            });

            String attachment = attachments(name).getFirst().getMetadata().getName();
            sandbox.deletePod("writer");
            bench.client()
                    .storage()
                    .v1()
                    .volumeAttachments()
                    .withName(attachment)
                    .waitUntilCondition(gone -> gone == null, 120, TimeUnit.SECONDS);
            sandbox.deleteClaim("data");
            sandbox.awaitVolumeGone(name);
            assertThat(solo.volumes()).isEmpty();
        }
    }
}
