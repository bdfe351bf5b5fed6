package solo.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static solo.csi.model.Code.ABORTED;
import static solo.csi.model.Code.FAILED_PRECONDITION;
import static solo.csi.model.Code.INTERNAL;
import static solo.csi.model.Code.INVALID_ARGUMENT;
import static solo.driver.ImageRequests.BLOCK;
import static solo.driver.ImageRequests.MIB;

import csi.v1.CapacityRange;
import csi.v1.ControllerExpandVolumeRequest;
import csi.v1.CreateSnapshotRequest;
import csi.v1.NodeGetVolumeStatsRequest;
import csi.v1.NodeGetVolumeStatsResponse;
import csi.v1.VolumeCapability.MountVolume;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solo.csi.CsiException;
import solo.driver.linux.Program;
import solo.driver.mount.LoopDevices.Backed;
import solo.driver.mount.MountPoint;
import solo.driver.mount.Mounts;

/** Images with the kernel of this machine, as root. */
class RealImagesTest {
    private static final long BYTES = 320 * MIB;

    @TempDir
    private Path directory = Path.of("");

    private final Mounts mounts = Mounts.ofThisMachine();
    private TestDriver driver;

    @BeforeEach
    void open() throws Exception {
        Root.needed();
        driver = TestDriver.in(directory, mounts);
    }

    @AfterEach
    void leave_no_mounts_and_no_loop_devices() throws IOException {
        for (MountPoint mount : Root.mountsBelow(directory).reversed()) {
            mounts.unmount(Path.of(mount.path()));
        }
        for (Backed loop : mounts.loops().attached()) {
            if (loop.file().startsWith(directory.toRealPath() + "/")) {
                mounts.loops().detach(loop.device());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs"})
    void what_one_pod_writes_the_next_one_reads(String fsType) throws Exception {
        var images = images(fsType);
        create(images, "v");
        use(images, "v", "pod-1");
        Files.writeString(driver.kubelet("pod-1").resolve("file"), "kept");
        assertThat(Files.getFileStore(driver.kubelet("pod-1")).type()).isEqualTo(fsType);
        noUse("v", "pod-1");
        assertThat(mounts.loops().of(images.file("v"))).isEmpty();

        use(images, "v", "pod-2");
        assertThat(driver.kubelet("pod-2").resolve("file")).hasContent("kept");
        noUse("v", "pod-2");
        driver.delete("v");
        assertThat(images.file("v")).doesNotExist();
    }

    @Test
    void a_raw_block_volume_is_a_device_of_its_very_size() throws Exception {
        var images = images(BLOCK);
        create(images, "v");
        use(images, "v", "pod-1");
        Path device = driver.kubelet("pod-1");
        assertThat(Files.getAttribute(device, "unix:mode")).asString().matches("2[45]\\d+");
        try (var open = FileChannel.open(device, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            open.position(BYTES - 4);
            open.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
            open.force(true);
            assertThat(endOf(open)).isEqualTo(BYTES);
        }
        var usage = stats("v", "pod-1").getUsageList();
        assertThat(usage).hasSize(1);
        assertThat(usage.getFirst().getTotal()).isEqualTo(BYTES);
        noUse("v", "pod-1");
        assertThat(mounts.loops().of(images.file("v"))).isEmpty();

        try (var image = new RandomAccessFile(images.file("v").toFile(), "r")) {
            image.seek(BYTES - 4);
            assertThat(image.readInt()).isEqualTo(0x01020304);
        }
        driver.delete("v");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs"})
    void copies_of_a_volume_in_use_hold_what_it_held_and_can_be_mounted_beside_it(String fsType) throws Exception {
        var images = images(fsType);
        create(images, "v");
        use(images, "v", "pod-v");
        Files.writeString(driver.kubelet("pod-v").resolve("file"), "before");
        snapshot("s", "v");
        Files.writeString(driver.kubelet("pod-v").resolve("file"), "after");

        driver.controller().createVolume(images.restoring("r", "s").build());
        driver.controller().createVolume(images.cloning("c", "v").build());
        use(images, "r", "pod-r");
        use(images, "c", "pod-c");
        assertThat(driver.kubelet("pod-r").resolve("file")).hasContent("before");
        assertThat(driver.kubelet("pod-c").resolve("file")).hasContent("after");
        Files.writeString(driver.kubelet("pod-v").resolve("file"), "writable again");
    }

    @Test
    void a_raw_block_volume_can_be_copied_too() throws Exception {
        var images = images(BLOCK);
        create(images, "v");
        use(images, "v", "pod-v");
        try (var open = FileChannel.open(driver.kubelet("pod-v"), StandardOpenOption.WRITE)) {
            open.write(ByteBuffer.wrap("raw".getBytes(UTF_8)));
            snapshot("s", "v");
        }
        driver.controller().createVolume(images.restoring("r", "s").build());
        try (var image = new RandomAccessFile(images.file("r").toFile(), "r")) {
            assertThat(List.of((char) image.read(), (char) image.read(), (char) image.read()))
                    .containsExactly('r', 'a', 'w');
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs"})
    void a_volume_grows_while_it_is_written(String fsType) throws Exception {
        var images = images(fsType);
        boolean possible = !fsType.equals("ext4") || Root.hasSysResource();
        if (!possible) {
            System.out.println(
                    "SKIPPED: ext4 grows while it is mounted only with CAP_SYS_RESOURCE, which this root lacks");
        }
        assumeTrue(possible, "CAP_SYS_RESOURCE");
        create(images, "v");
        use(images, "v", "pod");
        long before = stats("v", "pod").getUsage(0).getTotal();
        try (var file = Files.newOutputStream(driver.kubelet("pod").resolve("file"))) {
            file.write(1);
            assertThat(expand("v", 2 * BYTES)).isTrue();
            driver.node()
                    .nodeExpandVolume(images.expansion("v", "pod", 2 * BYTES).build());
            file.write(2);
        }
        assertThat(stats("v", "pod").getUsage(0).getTotal()).isGreaterThan(before + BYTES * 8 / 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs"})
    void a_volume_that_grew_while_it_was_not_mounted_has_its_size_at_the_next_mount(String fsType) throws Exception {
        var images = images(fsType);
        create(images, "v");
        expand("v", 2 * BYTES);
        use(images, "v", "pod");

        assertThat(stats("v", "pod").getUsage(0).getTotal()).isGreaterThan(BYTES * 17 / 10);
    }

    @Test
    void a_raw_block_volume_grows_while_it_is_open() throws Exception {
        var images = images(BLOCK);
        create(images, "v");
        use(images, "v", "pod");
        expand("v", 2 * BYTES);
        driver.node().nodeExpandVolume(images.expansion("v", "pod", 2 * BYTES).build());

        try (var open = FileChannel.open(driver.kubelet("pod"), StandardOpenOption.READ)) {
            assertThat(endOf(open)).isEqualTo(2 * BYTES);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void a_full_volume_says_so_and_deleted_files_give_their_room_back_to_the_node(String fsType) throws Exception {
        var images = images(fsType);
        create(images, "v");
        use(images, "v", "pod");
        Path file = driver.kubelet("pod").resolve("file");

        assertThatThrownBy(() -> fill(file)).hasMessageContaining("No space left on device");
        assertThat(stats("v", "pod").getUsage(0).getAvailable()).isLessThan(40 * MIB);
        long full = onDisk(images.file("v"));
        assertThat(full).isGreaterThan(BYTES / 2);
        Files.delete(file);
        Program.of("coreutils", "sync", "--file-system", driver.kubelet("pod").toString())
                .run();
        // The filesystem discards in the background. Btrfs does so too, but some minutes later.
        await().atMost(Duration.ofMinutes(1)).until(() -> onDisk(images.file("v")) < BYTES / 2);
    }

    @Test
    void a_damaged_filesystem_that_can_be_mended_is_mended_before_it_is_mounted() throws Exception {
        var images = images("ext4");
        create(images, "v");
        String withErrors = "set_super_value state 2";
        Program.of(
                        "e2fsprogs",
                        "debugfs",
                        "-w",
                        "-R",
                        withErrors,
                        images.file("v").toString())
                .run();
        use(images, "v", "pod");
        Files.writeString(driver.kubelet("pod").resolve("file"), "mended");
    }

    @Test
    void one_that_cannot_be_mended_is_not_mounted_and_leaves_no_device() throws Exception {
        var images = images("ext4");
        create(images, "v");
        try (var image = new RandomAccessFile(images.file("v").toFile(), "rw")) {
            image.write(new byte[1 << 20]);
        }
        Refused.with(INTERNAL, () -> use(images, "v", "pod")).contains("not mounted", "e2fsck");
        assertThat(mounts.loops().of(images.file("v"))).isEmpty();
    }

    @Test
    void mount_options_of_the_filesystem_reach_it_and_unknown_ones_are_refused() throws Exception {
        var images = images("ext4");
        create(images, "v");
        var flags = MountVolume.newBuilder().setFsType("ext4").addMountFlags("noexec");
        driver.node()
                .nodeStageVolume(driver.staging("v")
                        .setVolumeCapability(TestDriver.mountWith(flags.clone().addMountFlags("data=journal")))
                        .build());
        assertThat(Files.readString(Path.of("/proc/self/mounts")))
                .containsPattern(driver.kubelet("staging-v") + " ext4 \\S*data=journal");
        driver.unstage("v");

        Refused.with(
                        INTERNAL,
                        () -> driver.node()
                                .nodeStageVolume(driver.staging("v")
                                        .setVolumeCapability(TestDriver.mountWith(
                                                flags.clone().addMountFlags("fast=yes")))
                                        .build()))
                .contains("fast=yes");
        assertThat(mounts.loops().of(images.file("v"))).isEmpty();
    }

    @Test
    void a_volume_in_use_where_nobody_can_see_it_is_not_copied() throws Exception {
        var images = images("ext4");
        create(images, "v");
        try (var _ = mounts.loops().attach(images.file("v"))) {
            Refused.with(ABORTED, () -> snapshot("s", "v")).contains("/dev/loop", "no mount");
        }
        await().until(() -> mounts.loops().of(images.file("v")).isEmpty());
        snapshot("s", "v");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs"})
    void an_inline_volume_lives_as_long_as_its_pod(String fsType) throws Exception {
        var images = images(fsType);
        var inline = images.publication("inline", "pod")
                .clearStagingTargetPath()
                .putVolumeContext("csi.storage.k8s.io/ephemeral", "true")
                .putVolumeContext("backend", "image")
                .putVolumeContext("size", "300Mi")
                .build();
        driver.node().nodePublishVolume(inline);
        driver.node().nodePublishVolume(inline);
        Files.writeString(driver.kubelet("pod").resolve("file"), "x");
        assertThat(stats("inline", "pod").getUsage(0).getTotal()).isLessThan(301 * MIB);

        driver.unpublish("inline", "pod");
        assertThat(images.file("inline")).doesNotExist();
        assertThat(Root.mountsBelow(directory)).isEmpty();
    }

    @Test
    void a_restarted_driver_finds_its_devices_again() throws Exception {
        var images = images(BLOCK);
        create(images, "v");
        use(images, "v", "pod");
        Path device = mounts.loops().of(images.file("v")).orElseThrow();

        driver = TestDriver.in(directory, mounts);
        use(images, "v", "pod");
        assertThat(mounts.loops().of(images.file("v"))).contains(device);
        Refused.with(FAILED_PRECONDITION, () -> driver.delete("v")).contains("mounted");
        noUse("v", "pod");
        driver.delete("v");
    }

    @Test
    void a_mount_of_a_forgotten_volume_is_still_removed() throws Exception {
        var images = images("ext4");
        create(images, "v");
        use(images, "v", "pod");
        Files.delete(driver.directory().resolve("state/volumes/v.volume"));

        noUse("v", "pod");
        assertThat(Root.mountsBelow(directory)).isEmpty();
    }

    @Test
    void another_use_than_the_one_it_was_made_for_is_refused() throws Exception {
        var images = images("ext4");
        create(images, "v");

        Refused.with(INVALID_ARGUMENT, () -> use(images(BLOCK), "v", "pod")).contains("ext4", "raw block");
        Refused.with(INVALID_ARGUMENT, () -> use(images("xfs"), "v", "pod")).contains("ext4", "xfs");
    }

    private ImageRequests images(String fsType) {
        return new ImageRequests(driver, fsType, BYTES);
    }

    private void create(ImageRequests images, String id) throws CsiException {
        driver.controller().createVolume(images.creation(id).build());
    }

    private void use(ImageRequests images, String id, String pod) throws CsiException {
        driver.node().nodeStageVolume(images.staging(id).build());
        driver.node().nodePublishVolume(images.publication(id, pod).build());
    }

    private void noUse(String id, String pod) throws CsiException {
        driver.unpublish(id, pod);
        driver.unstage(id);
    }

    private void snapshot(String name, String volume) throws CsiException {
        driver.controller()
                .createSnapshot(CreateSnapshotRequest.newBuilder()
                        .setName(name)
                        .setSourceVolumeId(volume)
                        .build());
    }

    /** True when the node must follow. */
    private boolean expand(String id, long bytes) throws CsiException {
        return driver.controller()
                .controllerExpandVolume(ControllerExpandVolumeRequest.newBuilder()
                        .setVolumeId(id)
                        .setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(bytes))
                        .build())
                .getNodeExpansionRequired();
    }

    private NodeGetVolumeStatsResponse stats(String id, String pod) throws CsiException {
        return driver.node()
                .nodeGetVolumeStats(NodeGetVolumeStatsRequest.newBuilder()
                        .setVolumeId(id)
                        .setVolumePath(driver.kubelet(pod).toString())
                        .build());
    }

    private static void fill(Path file) throws IOException {
        try (var open = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            var chunk = new byte[1 << 20];
            Arrays.fill(chunk, (byte) 7);
            while (true) {
                open.write(ByteBuffer.wrap(chunk));
                open.force(false);
            }
        }
    }

    /** A device has no length for stat(2). */
    private static long endOf(FileChannel device) throws IOException {
        long end = 0;
        for (long step = 1L << 40; step > 0; step /= 2) {
            if (device.read(ByteBuffer.allocate(1), end + step - 1) == 1) {
                end += step;
            }
        }
        return end;
    }

    private static long onDisk(Path file) throws IOException {
        return Long.parseLong(new String(
                                new ProcessBuilder("stat", "--format=%b", file.toString())
                                        .start()
                                        .getInputStream()
                                        .readAllBytes(),
                                UTF_8)
                        .strip())
                * 512;
    }
}
