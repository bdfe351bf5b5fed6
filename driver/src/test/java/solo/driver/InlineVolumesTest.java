package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static solo.csi.model.Code.ALREADY_EXISTS;
import static solo.csi.model.Code.FAILED_PRECONDITION;
import static solo.csi.model.Code.INTERNAL;
import static solo.csi.model.Code.INVALID_ARGUMENT;
import static solo.csi.model.Code.OUT_OF_RANGE;

import csi.v1.NodePublishVolumeRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solo.csi.CsiException;

class InlineVolumesTest {
    // The kubelet's choice: csi- and a SHA-256.
    private static final String ID = "csi-" + "0123456789abcdef".repeat(4);

    @TempDir
    private Path directory = Path.of("");

    private final FakeMounts mounts = new FakeMounts();
    private TestDriver driver;

    @BeforeEach
    void open() throws IOException {
        driver = TestDriver.in(directory, mounts);
    }

    @Test
    void an_inline_volume_lives_as_long_as_its_pod() throws Exception {
        publish(inline());
        publish(inline());
        assertThat(driver.bytes(ID)).isEmptyDirectory();
        assertThat(mounts.paths()).containsExactly(driver.kubelet("pod").toString());

        driver.unpublish(ID, "pod");
        driver.unpublish(ID, "pod");
        assertThat(driver.bytes(ID)).doesNotExist();
        assertThat(driver.kubelet("pod")).doesNotExist();
        assertThat(mounts.paths()).isEmpty();
    }

    @Test
    void the_controller_never_sees_it() throws Exception {
        publish(inline());

        assertThat(driver.listed()).isEmpty();
    }

    @Test
    void its_size_and_backend_are_written_in_the_pod() throws Exception {
        publish(inline().putVolumeContext("size", "100Mi").putVolumeContext("backend", "dir"));

        assertThat(Files.readString(driver.directory().resolve("state/volumes/" + ID + ".volume")))
                .contains("capacity=104857600", "lifetime=EPHEMERAL");
        Refused.with(INVALID_ARGUMENT, () -> publish(inline().putVolumeContext("colour", "blue")))
                .contains("colour");
        Refused.with(INVALID_ARGUMENT, () -> publish(inline().putVolumeContext("size", "big")));
        Refused.with(INVALID_ARGUMENT, () -> publish(inline().putVolumeContext("size", "-1")));
        Refused.with(OUT_OF_RANGE, () -> publish(inline().putVolumeContext("size", "99999999Ti")));
    }

    @Test
    void an_id_that_could_be_a_path_is_refused() {
        Refused.with(INVALID_ARGUMENT, () -> publish(inline().setVolumeId("../../etc")));
    }

    @Test
    void a_volume_of_a_claim_is_not_taken_for_an_inline_one() throws Exception {
        driver.create("v");

        Refused.with(ALREADY_EXISTS, () -> publish(inline().setVolumeId("v")));
        assertThat(driver.listed()).containsExactly("v");
    }

    @Test
    void a_failed_publication_leaves_no_volume_behind() throws Exception {
        mounts.refuse();

        Refused.with(INTERNAL, () -> publish(inline()));
        assertThat(driver.bytes(ID)).doesNotExist();
        assertThat(driver.directory().resolve("state/volumes")).isEmptyDirectory();
    }

    @Test
    void a_place_that_is_taken_leaves_no_volume_behind() throws Exception {
        Files.writeString(driver.kubelet("pod"), "a file");

        Refused.with(FAILED_PRECONDITION, () -> publish(inline()));
        assertThat(driver.bytes(ID)).doesNotExist();
    }

    private NodePublishVolumeRequest.Builder inline() {
        return driver.publication(ID, "pod")
                .clearStagingTargetPath()
                .putVolumeContext("csi.storage.k8s.io/ephemeral", "true")
                .putVolumeContext("csi.storage.k8s.io/pod.name", "web-0");
    }

    private void publish(NodePublishVolumeRequest.Builder request) throws CsiException {
        driver.node().nodePublishVolume(request.build());
    }
}
