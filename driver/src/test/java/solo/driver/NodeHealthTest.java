package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static solo.csi.model.Code.INVALID_ARGUMENT;
import static solo.csi.model.Code.NOT_FOUND;

import csi.v1.NodeGetStorageHealthRequest;
import csi.v1.NodeGetVolumeHealthRequest;
import csi.v1.StorageHealthErrorType;
import csi.v1.VolumeHealthErrorType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solo.csi.CsiException;

/** CSI 1.13's node health calls. */
class NodeHealthTest {
    @TempDir
    private Path directory = Path.of("");

    private final FakeMounts mounts = new FakeMounts();
    private TestDriver driver;

    @BeforeEach
    void published() throws Exception {
        driver = TestDriver.in(directory, mounts);
        driver.create("v");
        driver.stage("v");
        driver.publish("v", "pod");
    }

    @Test
    void a_volume_that_is_where_it_was_put_is_well() throws Exception {
        assertThat(health(request("v"))).isEmpty();
        assertThat(health(everywhere("v"))).isEmpty();
    }

    @Test
    void a_volume_that_is_not_where_it_should_be_cannot_be_reached_from_this_node() throws Exception {
        mounts.unmount(driver.kubelet("pod"));
        assertThat(health(everywhere("v"))).containsExactly("INACCESSIBLE NotPublished");
        mounts.forgetAll();
        assertThat(health(everywhere("v"))).containsExactly("INACCESSIBLE NotStaged", "INACCESSIBLE NotPublished");
        assertThat(health(request("v"))).as("nobody says where it should be").isEmpty();
    }

    @Test
    void a_filesystem_that_the_kernel_has_made_read_only_is_degraded() throws Exception {
        mounts.failTheDisk();
        assertThat(health(everywhere("v"))).containsExactly("DEGRADED ReadOnlyByError");
    }

    @Test
    void another_volume_in_its_place_is_not_the_volume() throws Exception {
        driver.create("w");
        driver.stage("w");
        driver.publish("w", "other");
        assertThat(health(request("v")
                        .setVolumePublishPath(driver.kubelet("other").toString())))
                .containsExactly("INACCESSIBLE NotPublished");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "some/path", "/\0", "/"})
    void a_path_that_is_none_shows_no_volume(String path) throws Exception {
        assertThat(health(request("v").setStagingTargetPath(path))).containsExactly("INACCESSIBLE NotStaged");
    }

    @Test
    void a_raw_block_volume_is_looked_for_where_staging_shows_its_device() throws Exception {
        var images = new ImageRequests(driver, ImageRequests.BLOCK, 16 * ImageRequests.MIB);
        driver.controller().createVolume(images.creation("raw").build());
        driver.node().nodeStageVolume(images.staging("raw").build());
        driver.node().nodePublishVolume(images.publication("raw", "device").build());

        var request = request("raw")
                .setStagingTargetPath(driver.kubelet("staging-raw").toString())
                .setVolumePublishPath(driver.kubelet("device").toString());
        assertThat(health(request)).isEmpty();
        mounts.unmount(driver.kubelet("device"));
        assertThat(health(request)).containsExactly("INACCESSIBLE NotPublished");
    }

    @Test
    void lost_bytes_are_lost_wherever_they_should_be_seen() throws Exception {
        Files.delete(driver.bytes("v"));
        assertThat(health(request("v"))).containsExactly("DATA_LOSS DataMissing");
    }

    @Test
    void a_volume_that_is_not_here_is_not_found() {
        Refused.with(NOT_FOUND, () -> health(request("w"))).contains("no volume w");
        Refused.with(INVALID_ARGUMENT, () -> health(request(""))).contains("volume_id");
    }

    @Test
    void storage_whose_filesystem_does_not_answer_is_unreachable_and_said_so_once() throws Exception {
        var before = driver.node().nodeGetStorageHealth(NodeGetStorageHealthRequest.getDefaultInstance());
        mounts.loseTheDisk();
        var after = driver.node().nodeGetStorageHealth(NodeGetStorageHealthRequest.getDefaultInstance());

        assertThat(before.getBackendHealthList()).isEmpty();
        assertThat(after.getBackendHealthList()).singleElement().satisfies(health -> {
            assertThat(health.getStatus()).isEqualTo(StorageHealthErrorType.STORAGE_UNREACHABLE);
            assertThat(health.getReason()).isEqualTo("FilesystemUnreadable");
            assertThat(health.getMessage()).contains("backend dir", "backend image");
        });
    }

    private static NodeGetVolumeHealthRequest.Builder request(String id) {
        return NodeGetVolumeHealthRequest.newBuilder().setVolumeId(id);
    }

    private NodeGetVolumeHealthRequest.Builder everywhere(String id) {
        return request(id)
                .setStagingTargetPath(driver.kubelet("staging-" + id).toString())
                .setVolumePublishPath(driver.kubelet("pod").toString());
    }

    /** Such as {@code DATA_LOSS DataMissing}. */
    private List<String> health(NodeGetVolumeHealthRequest.Builder request) throws CsiException {
        var health = driver.node().nodeGetVolumeHealth(request.build()).getVolumeHealth();
        assertThat(health.getVolumeId()).isEqualTo(request.getVolumeId());
        return health.getHealthStatusesList().stream()
                .map(entry -> {
                    VolumeHealthErrorType status = entry.getStatus();
                    return status + " " + entry.getReason();
                })
                .toList();
    }
}
