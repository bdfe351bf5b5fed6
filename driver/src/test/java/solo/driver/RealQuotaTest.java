package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static solo.driver.ImageRequests.MIB;

import csi.v1.CapacityRange;
import csi.v1.ControllerExpandVolumeRequest;
import csi.v1.CreateSnapshotRequest;
import csi.v1.CreateVolumeRequest;
import csi.v1.NodeGetVolumeStatsRequest;
import csi.v1.VolumeUsage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solo.csi.CsiException;
import solo.driver.linux.Program;
import solo.driver.linux.ProjectQuota;
import solo.driver.mount.MountPoint;
import solo.driver.mount.Mounts;
import solo.driver.state.RealDisk;
import solo.driver.state.StateStore;

/** The kernel's own project quotas, on filesystems that are made for the test. */
class RealQuotaTest {
    private static final long BYTES = 16 * MIB;

    @TempDir
    private Path directory = Path.of("");

    private final Mounts mounts = Mounts.ofThisMachine();

    @AfterEach
    void leave_no_mounts() throws IOException {
        for (MountPoint mount : Root.mountsBelow(directory).reversed()) {
            mounts.unmount(Path.of(mount.path()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void a_full_volume_says_so_although_the_disk_has_room(String fsType) throws Exception {
        var driver = on(fsType);
        create(driver, "v");
        use(driver, "v");

        assertThatThrownBy(() -> podWrites(driver, "v", 2 * BYTES))
                .hasMessageMatching("(?s).*(No space left on device|Disk quota exceeded).*");
        var usage = usage(driver, "v");
        assertThat(usage.getTotal()).isEqualTo(BYTES);
        assertThat(usage.getUsed()).isBetween(BYTES * 9 / 10, BYTES);
        assertThat(usage.getAvailable()).isLessThan(BYTES / 10);
        assertThat(mounts.usage(driver.directory()).availableBytes()).isGreaterThan(8 * BYTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void a_volume_grows_while_it_is_used(String fsType) throws Exception {
        var driver = on(fsType);
        create(driver, "v");
        use(driver, "v");
        driver.controller()
                .controllerExpandVolume(ControllerExpandVolumeRequest.newBuilder()
                        .setVolumeId("v")
                        .setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(4 * BYTES))
                        .build());

        podWrites(driver, "v", 2 * BYTES);
        assertThat(usage(driver, "v").getTotal()).isEqualTo(4 * BYTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void copies_count_for_themselves_alone(String fsType) throws Exception {
        var driver = on(fsType);
        create(driver, "v");
        use(driver, "v");
        podWrites(driver, "v", BYTES / 2);
        Files.createSymbolicLink(driver.bytes("v").resolve("link"), Path.of("file"));
        long used = usage(driver, "v").getUsed();
        driver.controller()
                .createSnapshot(CreateSnapshotRequest.newBuilder()
                        .setName("s")
                        .setSourceVolumeId("v")
                        .build());
        driver.controller()
                .createVolume(creation(TestDriver.restoring("r", "s")).build());
        driver.controller().createVolume(creation(TestDriver.cloning("c", "v")).build());
        use(driver, "c");

        assertThat(usage(driver, "v").getUsed()).isEqualTo(used);
        assertThat(usage(driver, "c").getUsed()).isGreaterThanOrEqualTo(BYTES / 2);
        assertThat(List.of(project(driver, "v"), project(driver, "c"), project(driver, "r")))
                .doesNotHaveDuplicates()
                .doesNotContain(0L);
        Path snapshot = driver.directory().resolve("state/dir-snapshots/s");
        assertThat(ProjectQuota.use(snapshot, ProjectQuota.projectOf(snapshot)).bytes())
                .isGreaterThanOrEqualTo(BYTES / 2);
        assertThatThrownBy(() -> podWrites(driver, "c", 2 * BYTES)).isInstanceOf(IOException.class);
        Files.move(driver.bytes("c").resolve("link"), driver.bytes("c").resolve("moved"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void a_full_volume_can_be_copied_into_one_of_its_size(String fsType) throws Exception {
        var driver = on(fsType);
        create(driver, "v");
        use(driver, "v");
        assertThatThrownBy(() -> podWrites(driver, "v", 2 * BYTES)).isInstanceOf(IOException.class);

        driver.controller().createVolume(creation(TestDriver.cloning("c", "v")).build());
        assertThat(driver.bytes("c").resolve("file"))
                .hasSameBinaryContentAs(driver.bytes("v").resolve("file"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void a_deleted_volume_leaves_neither_limit_nor_project(String fsType) throws Exception {
        var driver = on(fsType);
        create(driver, "v");
        long project = project(driver, "v");
        use(driver, "v");
        podWrites(driver, "v", BYTES / 2);
        driver.unpublish("v", "pod-v");
        driver.unstage("v");
        driver.delete("v");

        // Xfs gives the room of deleted files back in the background.
        await().until(() -> ProjectQuota.use(driver.directory(), project).equals(new ProjectQuota.Use(0, 0, 0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void a_start_puts_back_a_limit_that_was_lost(String fsType) throws Exception {
        var driver = on(fsType);
        create(driver, "v");
        ProjectQuota.limit(driver.directory(), project(driver, "v"), 0);

        TestDriver.in(driver.directory(), mounts);
        assertThat(ProjectQuota.use(driver.directory(), project(driver, "v")).limitBytes())
                .isEqualTo(BYTES);
    }

    /** A driver whose pool is a filesystem with project quotas. */
    private TestDriver on(String fsType) throws IOException {
        Root.needed();
        Path image = directory.resolve("pool.img");
        try (var file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(512 * MIB);
        }
        Program make = fsType.equals("xfs")
                ? Program.of("xfsprogs", "mkfs.xfs", "-q")
                : Program.of("e2fsprogs", "mkfs.ext4", "-q", "-F", "-O", "project,quota");
        make.with(image.toString()).run();
        Path pool = Files.createDirectory(directory.resolve("pool"));
        mountOrSkip(fsType, image, pool);
        return TestDriver.in(pool, mounts);
    }

    private static void mountOrSkip(String fsType, Path image, Path pool) {
        String why = "";
        try {
            Program.of("mount", "mount", "-t", fsType, "-o", "loop,prjquota", image.toString(), pool.toString())
                    .run();
        } catch (IOException refusal) {
            why = String.valueOf(refusal.getMessage());
            System.out.println("SKIPPED: this kernel has no project quotas for " + fsType + ": " + why);
        }
        assumeTrue(why.isEmpty(), "project quotas");
    }

    private static CreateVolumeRequest.Builder creation(CreateVolumeRequest.Builder request) {
        return request.setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(BYTES))
                .putParameters("quota", "required");
    }

    private static void create(TestDriver driver, String id) throws CsiException {
        driver.controller().createVolume(creation(TestDriver.creation(id)).build());
    }

    private static void use(TestDriver driver, String id) throws CsiException {
        driver.stage(id);
        driver.publish(id, "pod-" + id);
    }

    /** As root of a container does, which lacks the capability that is above quotas. */
    private static void podWrites(TestDriver driver, String id, long bytes) throws IOException {
        Program.of(
                        "util-linux",
                        "setpriv",
                        "--bounding-set=-sys_resource",
                        "dd",
                        "if=/dev/urandom",
                        "of=" + driver.kubelet("pod-" + id).resolve("file"),
                        "bs=64k",
                        "count=" + bytes / (64 << 10),
                        "conv=fsync",
                        "status=none")
                .run();
    }

    private static VolumeUsage usage(TestDriver driver, String id) throws CsiException {
        return driver.node()
                .nodeGetVolumeStats(NodeGetVolumeStatsRequest.newBuilder()
                        .setVolumeId(id)
                        .setVolumePath(driver.kubelet("pod-" + id).toString())
                        .build())
                .getUsage(0);
    }

    /** By the record and by the directory. */
    private static long project(TestDriver driver, String id) throws IOException {
        long project = ProjectQuota.projectOf(driver.bytes(id));
        assertThat(StateStore.volumes(driver.directory().resolve("state"), new RealDisk())
                        .find(id)
                        .orElseThrow()
                        .home()
                        .project())
                .isEqualTo(project);
        return project;
    }
}
