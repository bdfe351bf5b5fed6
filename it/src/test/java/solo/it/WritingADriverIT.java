package solo.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.storage.CSIDriver;
import io.fabric8.kubernetes.api.model.storage.CSIDriverBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.nio.file.Path;
import java.util.Set;
import org.example.FolderDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import solo.app.Role;
import solo.app.options.SoloOptions;

/** The example of docs/writing-a-driver.md has a whole CSI deployment around it: pods use its volumes. */
@ExtendWith(RealCluster.class)
class WritingADriverIT {

    private static final String NAME = "folders.example.org";

    private final CSIDriver csiDriver = new CSIDriverBuilder()
            .withNewMetadata()
            .withName(NAME)
            .endMetadata()
            .withNewSpec()
            .withAttachRequired(false)
            .endSpec()
            .build();
    private final StorageClass folders = new StorageClassBuilder()
            .withNewMetadata()
            .withName("folders")
            .endMetadata()
            .withProvisioner(NAME)
            .withVolumeBindingMode("WaitForFirstConsumer")
            .build();
    private final Bench bench;

    WritingADriverIT(Bench bench) {
        this.bench = bench;
    }

    @BeforeEach
    void install() {
        bench.client().resource(csiDriver).create();
        bench.client().resource(folders).create();
    }

    @AfterEach
    void uninstall() {
        bench.client().resource(folders).delete();
        bench.client().resource(csiDriver).delete();
    }

    @Test
    void one_pod_writes_another_reads_and_deletion_leaves_nothing() throws Exception {
        Path state = Bench.freshState();
        SoloOptions options = SoloUnderTest.options(bench, state);
        options.inProcess = (given, nodeId) -> new FolderDriver(given.stateDir, nodeId);
        try (SoloUnderTest solo = SoloUnderTest.start(Set.of(Role.CONTROLLER, Role.NODE), options);
                Sandbox sandbox = bench.sandbox("folders")) {
            sandbox.claim("data", "folders");
            sandbox.pod("writer", "data", "echo hello > /data/words && sync");
            assertThat(sandbox.awaitEnd("writer")).isEqualTo("Succeeded");
            sandbox.deletePod("writer");
            sandbox.pod("reader", "data", "grep -q hello /data/words");
            assertThat(sandbox.awaitEnd("reader")).isEqualTo("Succeeded");
            sandbox.deletePod("reader");

            String volume = sandbox.volumeOf("data").getMetadata().getName();
            assertThat(solo.volumes()).containsExactly(volume);
            sandbox.deleteClaim("data");
            sandbox.awaitVolumeGone(volume);
            assertThat(state).isEmptyDirectory();
        }
    }
}
