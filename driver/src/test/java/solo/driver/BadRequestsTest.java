package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static solo.csi.model.Code.INVALID_ARGUMENT;
import static solo.csi.model.Code.NOT_FOUND;
import static solo.csi.model.Code.OUT_OF_RANGE;
import static solo.driver.ImageRequests.BLOCK;
import static solo.driver.ImageRequests.MIB;

import csi.v1.CapacityRange;
import csi.v1.ControllerExpandVolumeRequest;
import csi.v1.ControllerGetVolumeHealthRequest;
import csi.v1.ControllerGetVolumeRequest;
import csi.v1.ControllerModifyVolumeRequest;
import csi.v1.ControllerUnpublishVolumeRequest;
import csi.v1.CreateSnapshotRequest;
import csi.v1.CreateVolumeGroupSnapshotRequest;
import csi.v1.CreateVolumeRequest;
import csi.v1.DeleteSnapshotRequest;
import csi.v1.DeleteVolumeGroupSnapshotRequest;
import csi.v1.GetMetadataAllocatedRequest;
import csi.v1.GetMetadataDeltaRequest;
import csi.v1.GetSnapshotRequest;
import csi.v1.GetVolumeGroupSnapshotRequest;
import csi.v1.ListSnapshotsRequest;
import csi.v1.NodeExpandVolumeRequest;
import csi.v1.NodeGetVolumeHealthRequest;
import csi.v1.NodeGetVolumeStatsRequest;
import csi.v1.NodeUnpublishVolumeRequest;
import csi.v1.NodeUnstageVolumeRequest;
import csi.v1.ValidateVolumeCapabilitiesRequest;
import csi.v1.VolumeCapability.AccessMode.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solo.csi.CsiException;
import solo.csi.model.Code;
import solo.driver.LocalDriverOptions.Feature;

/** What nobody should send: each gets the right code and a sentence, and nothing is changed anywhere. */
class BadRequestsTest {
    @TempDir
    private Path directory = Path.of("");

    private final FakeMounts mounts = new FakeMounts();
    private TestDriver driver;
    private TestDriver attaching;
    private ImageRequests images;
    private Map<Path, Long> before = Map.of();

    @BeforeEach
    void a_volume_of_each_sort_and_a_file_outside() throws Exception {
        Files.createDirectories(directory.resolve("precious"));
        Files.writeString(directory.resolve("precious/file"), "precious");
        driver = TestDriver.in(directory, mounts);
        images = new ImageRequests(driver, "ext4", 16 * MIB);
        driver.create("dir-volume");
        driver.controller().createVolume(images.creation("image-volume").build());
        driver.controller()
                .createVolume(new ImageRequests(driver, BLOCK, 16 * MIB)
                        .creation("block-volume")
                        .build());
        attaching = TestDriver.with(TestDriver.options(directory).with(Set.of(Feature.ATTACH)), mounts);
        before = everything();
    }

    @AfterEach
    void nothing_has_changed() throws IOException {
        assertThat(everything()).isEqualTo(before);
        assertThat(mounts.paths()).isEmpty();
        assertThat(mounts.loopsInUse()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../precious",
                "../../precious/file",
                "..",
                ".",
                "/etc/passwd",
                "image-volume/../dir-volume",
                "image-volume\u0000",
                "IMAGE-VOLUME",
                "卷",
                "%2e%2e%2fprecious",
                "n_1"
            })
    void an_id_is_never_a_path(String id) throws Exception {
        var controller = driver.controller();
        driver.delete(id);
        controller.deleteSnapshot(
                DeleteSnapshotRequest.newBuilder().setSnapshotId(id).build());
        assertThat(controller
                        .listSnapshots(ListSnapshotsRequest.newBuilder()
                                .setSnapshotId(id)
                                .build())
                        .getEntriesList())
                .isEmpty();
        refused(
                NOT_FOUND,
                () -> controller.controllerGetVolume(
                        ControllerGetVolumeRequest.newBuilder().setVolumeId(id).build()));
        refused(
                NOT_FOUND,
                () -> controller.controllerGetVolumeHealth(ControllerGetVolumeHealthRequest.newBuilder()
                        .setVolumeId(id)
                        .build()));
        refused(
                NOT_FOUND,
                () -> controller.getSnapshot(
                        GetSnapshotRequest.newBuilder().setSnapshotId(id).build()));
        refused(
                NOT_FOUND,
                () -> controller.createSnapshot(CreateSnapshotRequest.newBuilder()
                        .setName("s")
                        .setSourceVolumeId(id)
                        .build()));
        refused(
                NOT_FOUND,
                () -> controller.createVolume(images.restoring("r", id).build()));
        refused(NOT_FOUND, () -> controller.createVolume(images.cloning("c", id).build()));
        refused(NOT_FOUND, () -> controller.controllerExpandVolume(expansion(id, 1L << 30, 0)));
        refused(NOT_FOUND, () -> modify(id, "atime", "noatime"));
        refused(
                NOT_FOUND,
                () -> controller.validateVolumeCapabilities(ValidateVolumeCapabilitiesRequest.newBuilder()
                        .setVolumeId(id)
                        .addVolumeCapabilities(TestDriver.block())
                        .build()));
        refused(
                NOT_FOUND,
                () -> driver.node()
                        .nodeStageVolume(images.staging("x").setVolumeId(id).build()));
        refused(
                NOT_FOUND,
                () -> driver.node()
                        .nodePublishVolume(
                                images.publication("x", "x").setVolumeId(id).build()));
        refused(
                NOT_FOUND,
                () -> driver.node()
                        .nodeGetVolumeStats(NodeGetVolumeStatsRequest.newBuilder()
                                .setVolumeId(id)
                                .setVolumePath(kubelet("x"))
                                .build()));
        refused(
                NOT_FOUND,
                () -> driver.node()
                        .nodeExpandVolume(NodeExpandVolumeRequest.newBuilder()
                                .setVolumeId(id)
                                .setVolumePath(kubelet("x"))
                                .build()));
        refused(
                NOT_FOUND,
                () -> driver.node()
                        .nodeGetVolumeHealth(NodeGetVolumeHealthRequest.newBuilder()
                                .setVolumeId(id)
                                .setStagingTargetPath(kubelet("x"))
                                .setVolumePublishPath(kubelet("../../etc"))
                                .build()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../precious", "..", "/etc/passwd", "image-volume/../dir-volume", "nul\u0000", "卷", "n_1"})
    void an_id_of_an_attachment_a_group_or_a_snapshots_blocks_is_no_path_either(String id) throws Exception {
        refused(
                NOT_FOUND,
                () -> attaching
                        .controller()
                        .controllerPublishVolume(TestDriver.attachment(id).build()));
        attaching
                .controller()
                .controllerUnpublishVolume(ControllerUnpublishVolumeRequest.newBuilder()
                        .setVolumeId(id)
                        .setNodeId(id)
                        .build());
        refused(
                NOT_FOUND,
                () -> attaching
                        .controller()
                        .controllerPublishVolume(TestDriver.attachment("dir-volume")
                                .setNodeId(id)
                                .build()));
        var groups = driver.driver().groupController();
        groups.deleteVolumeGroupSnapshot(DeleteVolumeGroupSnapshotRequest.newBuilder()
                .setGroupSnapshotId(id)
                .build());
        refused(
                NOT_FOUND,
                () -> groups.getVolumeGroupSnapshot(GetVolumeGroupSnapshotRequest.newBuilder()
                        .setGroupSnapshotId(id)
                        .build()));
        refused(NOT_FOUND, () -> group("g", "image-volume", id));
        var blocks = driver.driver().snapshotMetadata();
        refused(
                NOT_FOUND,
                () -> blocks.getMetadataAllocated(
                        GetMetadataAllocatedRequest.newBuilder()
                                .setSnapshotId(id)
                                .build(),
                        BadRequestsTest::nothingIsTold));
        refused(
                NOT_FOUND,
                () -> blocks.getMetadataDelta(
                        GetMetadataDeltaRequest.newBuilder()
                                .setBaseSnapshotId(id)
                                .setTargetSnapshotId(id)
                                .build(),
                        BadRequestsTest::nothingIsTold));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dir-volume", "image-volume", "block-volume"})
    void a_path_is_absolute_and_plain_and_not_among_our_own_files(String id) throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("kubelet/link"), directory.resolve("precious"));
        before = everything();
        for (String path : List.of(
                "precious",
                "./precious",
                "/",
                kubelet("../precious"),
                kubelet("a/./b"),
                kubelet("nul\u0000"),
                link.toString(),
                driver.directory().resolve("state").toString(),
                driver.directory().resolve("state/image/image-volume").toString(),
                driver.directory().resolve("state/volumes/x").toString(),
                driver.directory().toString())) {
            var use = new ImageRequests(driver, id.startsWith(BLOCK) ? BLOCK : "", 16 * MIB);
            refused(
                    INVALID_ARGUMENT,
                    () -> driver.node()
                            .nodeStageVolume(
                                    use.staging(id).setStagingTargetPath(path).build()));
            refused(
                    INVALID_ARGUMENT,
                    () -> driver.node()
                            .nodePublishVolume(
                                    use.publication(id, "x").setTargetPath(path).build()));
            refused(
                    INVALID_ARGUMENT,
                    () -> driver.node()
                            .nodeUnstageVolume(NodeUnstageVolumeRequest.newBuilder()
                                    .setVolumeId(id)
                                    .setStagingTargetPath(path)
                                    .build()));
            refused(
                    INVALID_ARGUMENT,
                    () -> driver.node()
                            .nodeUnpublishVolume(NodeUnpublishVolumeRequest.newBuilder()
                                    .setVolumeId(id)
                                    .setTargetPath(path)
                                    .build()));
        }
    }

    @Test
    void sizes_that_cannot_be() {
        for (String fsType : List.of("ext4", "xfs", "btrfs", BLOCK)) {
            var request = new ImageRequests(driver, fsType, 0).creation("v");
            refused(INVALID_ARGUMENT, () -> create(request.setCapacityRange(range(-1, 0))))
                    .contains("negative");
            refused(INVALID_ARGUMENT, () -> create(request.setCapacityRange(range(Long.MIN_VALUE, 0))));
            refused(INVALID_ARGUMENT, () -> create(request.setCapacityRange(range(0, -1))));
            refused(INVALID_ARGUMENT, () -> create(request.setCapacityRange(range(2, 1))));
            refused(OUT_OF_RANGE, () -> create(request.setCapacityRange(range(Long.MAX_VALUE, 0))))
                    .contains("9223372036854775807");
            refused(OUT_OF_RANGE, () -> create(request.setCapacityRange(range(Long.MAX_VALUE, Long.MAX_VALUE))));
            refused(OUT_OF_RANGE, () -> create(request.setCapacityRange(range(1L << 60, 0))));
            refused(OUT_OF_RANGE, () -> create(request.setCapacityRange(range(1, 2))))
                    .contains("at least");
        }
        for (String id : List.of("dir-volume", "image-volume", "block-volume")) {
            refused(INVALID_ARGUMENT, () -> expand(id, 0, 0));
            refused(INVALID_ARGUMENT, () -> expand(id, -1, 0));
            refused(INVALID_ARGUMENT, () -> expand(id, 2, 1));
            refused(OUT_OF_RANGE, () -> expand(id, Long.MAX_VALUE, 0));
            refused(OUT_OF_RANGE, () -> expand(id, 0, 1)).contains("do not shrink");
        }
        refused(OUT_OF_RANGE, () -> expand("image-volume", 16 * MIB + 1, 16 * MIB + 2))
                .contains("more than the limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dir-volume", "image-volume", "block-volume"})
    void sizes_that_a_node_cannot_give_a_volume(String id) throws Exception {
        var use = new ImageRequests(driver, id.startsWith(BLOCK) ? BLOCK : "", 16 * MIB);
        driver.node().nodeStageVolume(use.staging(id).build());
        driver.node().nodePublishVolume(use.publication(id, "pod").build());
        var inUse = everything();
        mounts.programs().clear();

        refused(INVALID_ARGUMENT, () -> expandOnNode(id, range(0, 0))).contains("names no size");
        refused(INVALID_ARGUMENT, () -> expandOnNode(id, range(-1, 0))).contains("negative");
        refused(INVALID_ARGUMENT, () -> expandOnNode(id, range(0, Long.MIN_VALUE)));
        refused(INVALID_ARGUMENT, () -> expandOnNode(id, range(2, 1)));
        refused(OUT_OF_RANGE, () -> expandOnNode(id, range(Long.MAX_VALUE, 0)))
                .contains("9223372036854775807", "ControllerExpandVolume comes first");
        refused(OUT_OF_RANGE, () -> expandOnNode(id, range(0, 1))).contains("do not shrink");

        assertThat(everything()).isEqualTo(inUse);
        assertThat(mounts.programs()).isEmpty();
        driver.unpublish(id, "pod");
        driver.unstage(id);
        Files.deleteIfExists(driver.kubelet("staging-" + id));
    }

    @Test
    void names_that_are_too_long_or_cannot_be_printed() {
        for (String name : List.of("", "a".repeat(129), "ä".repeat(65), "卷".repeat(43), "a\u0000b", "a\u007fb")) {
            refused(INVALID_ARGUMENT, () -> create(images.creation(name))).contains("name");
            refused(
                            INVALID_ARGUMENT,
                            () -> driver.controller()
                                    .createSnapshot(CreateSnapshotRequest.newBuilder()
                                            .setName(name)
                                            .setSourceVolumeId("image-volume")
                                            .build()))
                    .contains("name");
            refused(INVALID_ARGUMENT, () -> group(name, "image-volume")).contains("name");
        }
    }

    @Test
    void parameters_and_filesystems_that_nobody_knows() {
        refused(INVALID_ARGUMENT, () -> create(images.creation("v").putParameters("fsTyp", "xfs")))
                .contains("fsTyp", "backend", "fsType");
        refused(INVALID_ARGUMENT, () -> create(images.creation("v").putParameters("backend", "../image")))
                .contains("dir, image");
        refused(INVALID_ARGUMENT, () -> create(images.creation("v").putParameters("fsType", "xfs")))
                .contains("ext4, xfs");
        refused(INVALID_ARGUMENT, () -> create(TestDriver.creation("v").putParameters("fsType", "xfs")))
                .contains("fsType", "dir");
        for (String fsType : List.of("ext3", "EXT4", "xfs -f", "../xfs", "zfs")) {
            refused(INVALID_ARGUMENT, () -> create(new ImageRequests(driver, fsType, 16 * MIB).creation("v")))
                    .contains(fsType, "btrfs");
            refused(INVALID_ARGUMENT, () -> create(creationWithParameter(fsType)))
                    .contains(fsType, "btrfs");
        }
        refused(
                        INVALID_ARGUMENT,
                        () -> create(images.creation("v")
                                .addVolumeCapabilities(ImageRequests.mount(Mode.SINGLE_NODE_WRITER, "xfs"))))
                .contains("several");
        refused(INVALID_ARGUMENT, () -> create(images.creation("v").addVolumeCapabilities(TestDriver.block())))
                .contains("both");
        refused(INVALID_ARGUMENT, () -> create(images.creation("v").putMutableParams("iops", "1")))
                .contains("iops", "atime, discard, readAheadKiB");
        refused(
                        INVALID_ARGUMENT,
                        () -> driver.controller()
                                .createSnapshot(CreateSnapshotRequest.newBuilder()
                                        .setName("s")
                                        .setSourceVolumeId("image-volume")
                                        .putParameters("speed", "high")
                                        .build()))
                .contains("speed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dir-volume", "image-volume", "block-volume"})
    void mutable_parameters_and_values_that_nobody_knows(String id) {
        refused(INVALID_ARGUMENT, () -> modify(id, "", "x")).contains("unknown mutable parameter");
        for (String key : List.of(
                "iops", "ATIME", "atime ", "zugriffszeit-für-ä", "k".repeat(128), "../atime", "mutable.atime")) {
            refused(INVALID_ARGUMENT, () -> modify(id, key, "noatime"))
                    .contains("unknown mutable parameter " + key, "VolumeAttributesClass", "knows");
        }
        String known = id.startsWith(BLOCK) ? "readAheadKiB" : "atime";
        for (String value :
                List.of("", " ", "true,ro", "noatime ", "-1", "65537", "٣", "九", "ü".repeat(64), "v".repeat(128))) {
            refused(INVALID_ARGUMENT, () -> modify(id, known, value)).contains(known, "\"" + value + "\"");
        }
    }

    @Test
    void a_volume_is_not_made_with_them_either() {
        refused(INVALID_ARGUMENT, () -> create(images.creation("v").putMutableParams("discard", "")))
                .contains("discard", "true or false");
        refused(INVALID_ARGUMENT, () -> create(images.creation("v").putMutableParams("readAheadKiB", "1".repeat(128))))
                .contains("readAheadKiB", "65536");
        refused(INVALID_ARGUMENT, () -> create(TestDriver.creation("v").putMutableParams("discard", "true")))
                .contains("discard", "dir", "atime");
        refused(INVALID_ARGUMENT, () -> create(TestDriver.creation("v").putParameters("atime", "noatime")))
                .contains("atime", "backend, quota");
    }

    @Test
    void copies_into_what_they_cannot_be() {
        refused(INVALID_ARGUMENT, () -> create(TestDriver.cloning("v", "image-volume")))
                .contains("image", "dir");
        refused(INVALID_ARGUMENT, () -> create(images.cloning("v", "dir-volume")))
                .contains("image", "dir");
        refused(INVALID_ARGUMENT, () -> create(images.cloning("v", "block-volume")))
                .contains("no filesystem", "ext4");
        refused(
                        INVALID_ARGUMENT,
                        () -> create(new ImageRequests(driver, "xfs", 300 * MIB).cloning("v", "image-volume")))
                .contains("holds ext4", "xfs");
        refused(OUT_OF_RANGE, () -> create(images.cloning("v", "image-volume").setCapacityRange(range(0, MIB))));
    }

    private CreateVolumeRequest.Builder creationWithParameter(String fsType) {
        return TestDriver.creation("v").putParameters("backend", "image").putParameters("fsType", fsType);
    }

    private void create(CreateVolumeRequest.Builder request) throws CsiException {
        driver.controller().createVolume(request.build());
    }

    private void modify(String id, String key, String value) throws CsiException {
        driver.controller()
                .controllerModifyVolume(ControllerModifyVolumeRequest.newBuilder()
                        .setVolumeId(id)
                        .putMutableParameters(key, value)
                        .build());
    }

    private void group(String name, String... volumes) throws CsiException {
        driver.driver()
                .groupController()
                .createVolumeGroupSnapshot(CreateVolumeGroupSnapshotRequest.newBuilder()
                        .setName(name)
                        .addAllSourceVolumeIds(List.of(volumes))
                        .build());
    }

    private static void nothingIsTold(Object page) {
        throw new AssertionError("told: " + page);
    }

    private void expandOnNode(String id, CapacityRange range) throws CsiException {
        driver.node()
                .nodeExpandVolume(NodeExpandVolumeRequest.newBuilder()
                        .setVolumeId(id)
                        .setVolumePath(kubelet("pod"))
                        .setCapacityRange(range)
                        .build());
    }

    private void expand(String id, long required, long limit) throws CsiException {
        driver.controller().controllerExpandVolume(expansion(id, required, limit));
    }

    private static ControllerExpandVolumeRequest expansion(String id, long required, long limit) {
        return ControllerExpandVolumeRequest.newBuilder()
                .setVolumeId(id)
                .setCapacityRange(range(required, limit))
                .build();
    }

    private static CapacityRange range(long required, long limit) {
        return CapacityRange.newBuilder()
                .setRequiredBytes(required)
                .setLimitBytes(limit)
                .build();
    }

    private String kubelet(String name) {
        return driver.directory() + "/kubelet/" + name;
    }

    /** The sentence is for people: one line, no Java. */
    private static AbstractStringAssert<?> refused(Code code, ThrowingCallable call) {
        CsiException refusal = catchThrowableOfType(CsiException.class, call);
        assertThat(refusal).as("refused with %s", code).isNotNull();
        assertThat(refusal.code()).as(refusal.description()).isEqualTo(code);
        return assertThat(refusal.description()).isNotBlank().doesNotContain("Exception", "solo.driver", "\tat ");
    }

    private Map<Path, Long> everything() throws IOException {
        var found = new TreeMap<Path, Long>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : new ArrayList<>(files.toList())) {
                boolean plain = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
                found.put(file, plain ? Files.size(file) : -1);
            }
        }
        return found;
    }
}
