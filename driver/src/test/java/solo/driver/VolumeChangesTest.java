package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static solo.csi.model.Code.ABORTED;
import static solo.csi.model.Code.ALREADY_EXISTS;
import static solo.csi.model.Code.FAILED_PRECONDITION;
import static solo.csi.model.Code.INVALID_ARGUMENT;
import static solo.csi.model.Code.NOT_FOUND;
import static solo.csi.model.Code.OUT_OF_RANGE;
import static solo.csi.model.Code.RESOURCE_EXHAUSTED;
import static solo.csi.model.Code.UNIMPLEMENTED;
import static solo.driver.TestDriver.GIB;
import static solo.driver.TestDriver.attachment;

import csi.v1.CapacityRange;
import csi.v1.ControllerExpandVolumeRequest;
import csi.v1.ControllerGetVolumeRequest;
import csi.v1.ControllerPublishVolumeRequest;
import csi.v1.ControllerUnpublishVolumeRequest;
import csi.v1.ListVolumesRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solo.csi.CsiException;
import solo.driver.LocalDriverOptions.Feature;
import solo.driver.state.RealDisk;
import solo.driver.state.StateLocks;

class VolumeChangesTest {
    @TempDir
    private Path directory = Path.of("");

    private final FakeMounts mounts = new FakeMounts();
    private TestDriver driver;

    @BeforeEach
    void open() throws IOException {
        driver = TestDriver.with(TestDriver.options(directory).with(Set.of(Feature.TOPOLOGY, Feature.ATTACH)), mounts);
    }

    @Test
    void a_deleted_volume_is_gone_with_its_files() throws Exception {
        driver.create("v");
        Files.createDirectories(driver.bytes("v").resolve("a/b"));
        Files.writeString(driver.bytes("v").resolve("a/b/file"), "x");

        driver.delete("v");

        assertThat(driver.bytes("v")).doesNotExist();
        assertThat(driver.directory().resolve("state/volumes")).isEmptyDirectory();
        assertThat(driver.listed()).isEmpty();
    }

    @Test
    void deletion_never_follows_a_link_out_of_the_volume() throws Exception {
        Path outside = Files.createDirectory(driver.directory().resolve("outside"));
        Files.writeString(outside.resolve("file"), "of the node");
        driver.create("v");
        Files.createSymbolicLink(driver.bytes("v").resolve("link"), outside);

        driver.delete("v");

        assertThat(outside.resolve("file")).hasContent("of the node");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v", "../dir", "../../kubelet", "/etc", "n_1", "V", " ", "卷"})
    void an_unknown_id_of_any_shape_is_deleted_already(String id) throws Exception {
        driver.delete(id);

        assertThat(driver.directory().resolve("kubelet")).exists();
        assertThat(driver.directory().resolve("state/dir")).exists();
        Refused.with(INVALID_ARGUMENT, () -> driver.delete("")).contains("volume_id");
    }

    @Test
    void a_mounted_or_attached_volume_is_not_deleted() throws Exception {
        driver.create("v");
        attach(attachment("v"));
        Refused.with(FAILED_PRECONDITION, () -> driver.delete("v")).contains("attached", "node-a");
        driver.stage("v");
        detach("v", "");
        Refused.with(FAILED_PRECONDITION, () -> driver.delete("v")).contains("staging-v");
        driver.unstage("v");

        driver.delete("v");
    }

    @Test
    void expansion_only_grows() throws Exception {
        driver.create("v");

        assertThat(expand("v", 2 * GIB, 0)).isEqualTo(2 * GIB);
        assertThat(expand("v", 2 * GIB, 0)).isEqualTo(2 * GIB);
        assertThat(expand("v", GIB, 3 * GIB)).isEqualTo(2 * GIB);
        assertThat(TestDriver.in(directory, mounts)
                        .controller()
                        .controllerGetVolume(ControllerGetVolumeRequest.newBuilder()
                                .setVolumeId("v")
                                .build())
                        .getVolume()
                        .getCapacityBytes())
                .isEqualTo(2 * GIB);
    }

    @Test
    void an_impossible_expansion_changes_nothing() throws Exception {
        driver.create("v");

        Refused.with(OUT_OF_RANGE, () -> expand("v", Long.MAX_VALUE, 0));
        Refused.with(OUT_OF_RANGE, () -> expand("v", 1, GIB / 2)).contains("shrink");
        Refused.with(INVALID_ARGUMENT, () -> expand("v", -1, 0));
        Refused.with(INVALID_ARGUMENT, () -> expand("v", 0, 0));
        Refused.with(NOT_FOUND, () -> expand("w", GIB, 0));
        Refused.with(NOT_FOUND, () -> expand("../volumes/v", GIB, 0));
        Refused.with(
                        INVALID_ARGUMENT,
                        () -> driver.controller()
                                .controllerExpandVolume(ControllerExpandVolumeRequest.newBuilder()
                                        .setVolumeId("v")
                                        .build()))
                .contains("capacity_range");
        assertThat(expand("v", 1, 0)).isEqualTo(GIB);
    }

    @Test
    void expansion_takes_from_the_pool() throws Exception {
        driver = TestDriver.with(TestDriver.options(directory).withPoolCapacityBytes(3 * GIB), mounts);
        driver.create("v");
        driver.create("w");

        assertThat(expand("v", 2 * GIB, 0)).isEqualTo(2 * GIB);
        Refused.with(RESOURCE_EXHAUSTED, () -> expand("w", 2 * GIB, 0));
    }

    @Test
    void attaching_again_the_same_way_is_fine_and_another_way_is_not() throws Exception {
        driver.create("v");

        attach(attachment("v"));
        attach(attachment("v"));
        Refused.with(ALREADY_EXISTS, () -> attach(attachment("v").setReadonly(true)))
                .contains("READ_WRITE");
        assertThat(publishedNodes()).containsExactly("node-a");
        detach("v", "node-a");
        detach("v", "node-a");
        assertThat(publishedNodes()).isEmpty();
    }

    @Test
    void attaching_needs_a_volume_and_its_node() throws Exception {
        driver.create("v");

        Refused.with(INVALID_ARGUMENT, () -> attach(attachment("")));
        Refused.with(INVALID_ARGUMENT, () -> attach(attachment("v").setNodeId("")));
        Refused.with(INVALID_ARGUMENT, () -> attach(attachment("v").clearVolumeCapability()));
        Refused.with(NOT_FOUND, () -> attach(attachment("w")));
        Refused.with(NOT_FOUND, () -> attach(attachment("v").setNodeId("node-b")))
                .contains("node-a", "node-b");
        detach("w", "node-a");
        detach("v", "node-b");
    }

    @Test
    void a_node_takes_no_more_volumes_than_its_limit() throws Exception {
        driver = TestDriver.with(
                TestDriver.options(directory).with(Set.of(Feature.ATTACH)).withMaxVolumesPerNode(1), mounts);
        driver.create("v");
        driver.create("w");

        attach(attachment("v"));
        attach(attachment("v"));
        Refused.with(RESOURCE_EXHAUSTED, () -> attach(attachment("w"))).contains("1 are allowed");
        detach("v", "");
        attach(attachment("w"));
    }

    @Test
    void a_volume_that_is_not_attached_cannot_be_staged() throws Exception {
        driver.create("v");

        Refused.with(FAILED_PRECONDITION, () -> driver.stage("v")).contains("not attached");
    }

    @Test
    void without_the_feature_nothing_can_be_attached() throws Exception {
        driver = TestDriver.in(directory, mounts);
        driver.create("v");

        Refused.with(UNIMPLEMENTED, () -> attach(attachment("v")));
        Refused.with(UNIMPLEMENTED, () -> detach("v", ""));
        driver.stage("v");
    }

    @Test
    void a_volume_that_another_process_works_on_is_left_alone_and_others_are_not() throws Exception {
        driver.create("v");
        var locks = StateLocks.open(driver.directory().resolve("state"), new RealDisk(), Duration.ZERO);

        try (var _ = locks.hold("v").orElseThrow()) {
            Refused.with(ABORTED, () -> driver.delete("v")).contains("under way");
            driver.create("w");
        }
        driver.delete("v");
    }

    private void attach(ControllerPublishVolumeRequest.Builder request) throws CsiException {
        driver.controller().controllerPublishVolume(request.build());
    }

    private void detach(String id, String node) throws CsiException {
        driver.controller()
                .controllerUnpublishVolume(ControllerUnpublishVolumeRequest.newBuilder()
                        .setVolumeId(id)
                        .setNodeId(node)
                        .build());
    }

    private List<String> publishedNodes() throws CsiException {
        return driver.controller()
                .listVolumes(ListVolumesRequest.getDefaultInstance())
                .getEntries(0)
                .getStatus()
                .getPublishedNodeIdsList();
    }

    private long expand(String id, long required, long limit) throws CsiException {
        var response = driver.controller()
                .controllerExpandVolume(ControllerExpandVolumeRequest.newBuilder()
                        .setVolumeId(id)
                        .setCapacityRange(CapacityRange.newBuilder()
                                .setRequiredBytes(required)
                                .setLimitBytes(limit))
                        .build());
        assertThat(response.getNodeExpansionRequired()).isFalse();
        return response.getCapacityBytes();
    }
}
