package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static solo.driver.ImageRequests.BLOCK;
import static solo.driver.ImageRequests.MIB;

import csi.v1.CapacityRange;
import csi.v1.ControllerExpandVolumeRequest;
import csi.v1.ControllerModifyVolumeRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solo.csi.CsiException;
import solo.driver.mount.LoopDevices.Backed;
import solo.driver.mount.MountPoint;
import solo.driver.mount.Mounts;

/** What modified images are to the kernel of this machine, as root. */
class RealModifyTest {
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
    @ValueSource(strings = {"ext4", "btrfs"})
    void a_pod_that_uses_the_volume_sees_another_class_at_once(String fsType) throws Exception {
        var images = images(fsType);
        create(images);
        use(images);
        assertThat(mountLine()).contains("discard");

        modify("discard", "false");
        assertThat(mountLine()).doesNotContain("discard=async").doesNotContain(",discard");
        modify("discard", "true");
        assertThat(mountLine()).contains("discard");
    }

    @Test
    void a_mounted_xfs_has_the_class_of_its_volume_after_the_next_mount() throws Exception {
        var images = images("xfs");
        create(images);
        use(images);
        modify("discard", "false");
        noUse();

        use(images);
        assertThat(mountLine()).doesNotContain("discard");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", BLOCK})
    void the_kernel_reads_ahead_as_the_class_says(String sort) throws Exception {
        var images = images(sort);
        create(images);
        use(images);
        modify("readAheadKiB", "2048");
        assertThat(readAhead(images)).isEqualTo("2048");

        expand(2 * BYTES);
        if (!sort.equals("ext4") || Root.hasSysResource()) {
            driver.node()
                    .nodeExpandVolume(images.expansion("v", "pod", 2 * BYTES).build());
        }
        assertThat(readAhead(images)).isEqualTo("2048");
        noUse();
        use(images);
        assertThat(readAhead(images)).isEqualTo("2048");
    }

    private String readAhead(ImageRequests images) throws IOException {
        Path device = Objects.requireNonNull(
                mounts.loops().of(images.file("v")).orElseThrow().getFileName());
        return Files.readString(Path.of("/sys/block").resolve(device).resolve("queue/read_ahead_kb"))
                .strip();
    }

    private String mountLine() throws IOException {
        String path = " " + driver.kubelet("pod") + " ";
        try (var lines = Files.lines(Path.of("/proc/self/mounts"))) {
            return lines.filter(line -> line.contains(path)).findFirst().orElseThrow();
        }
    }

    private void modify(String key, String value) throws CsiException {
        driver.controller()
                .controllerModifyVolume(ControllerModifyVolumeRequest.newBuilder()
                        .setVolumeId("v")
                        .putMutableParameters(key, value)
                        .build());
    }

    private ImageRequests images(String fsType) {
        return new ImageRequests(driver, fsType, BYTES);
    }

    private void create(ImageRequests images) throws CsiException {
        driver.controller().createVolume(images.creation("v").build());
    }

    private void use(ImageRequests images) throws CsiException {
        driver.node().nodeStageVolume(images.staging("v").build());
        driver.node().nodePublishVolume(images.publication("v", "pod").build());
    }

    private void noUse() throws CsiException {
        driver.unpublish("v", "pod");
        driver.unstage("v");
    }

    private void expand(long bytes) throws CsiException {
        driver.controller()
                .controllerExpandVolume(ControllerExpandVolumeRequest.newBuilder()
                        .setVolumeId("v")
                        .setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(bytes))
                        .build());
    }
}
