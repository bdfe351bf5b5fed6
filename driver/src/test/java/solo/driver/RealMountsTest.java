package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static solo.csi.model.Code.FAILED_PRECONDITION;
import static solo.csi.model.Code.INTERNAL;

import csi.v1.ControllerModifyVolumeRequest;
import csi.v1.NodeGetVolumeStatsRequest;
import csi.v1.VolumeCapability.MountVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solo.driver.linux.Errno;
import solo.driver.linux.LinuxException;
import solo.driver.linux.MountAttributes;
import solo.driver.mount.MountPoint;
import solo.driver.mount.Mounts;

/** The same with the kernel of this machine, as root, below a directory of its own. */
class RealMountsTest {
    @TempDir
    private Path directory = Path.of("");

    private final Mounts mounts = Mounts.ofThisMachine();
    private TestDriver driver;

    @BeforeEach
    void open() throws Exception {
        Root.needed();
        driver = TestDriver.in(directory, mounts);
        driver.create("v");
    }

    @AfterEach
    void leave_no_mounts() throws IOException {
        List<MountPoint> left = Root.mountsBelow(directory);
        for (MountPoint mount : left.reversed()) {
            mounts.unmount(Path.of(mount.path()));
        }
    }

    @Test
    void what_one_pod_writes_the_next_one_reads() throws Exception {
        driver.stage("v");
        driver.publish("v", "pod-1");
        Files.writeString(driver.kubelet("pod-1").resolve("file"), "kept");
        driver.unpublish("v", "pod-1");
        driver.unstage("v");
        assertThat(Root.mountsBelow(directory)).isEmpty();
        assertThat(driver.kubelet("pod-1")).doesNotExist();

        driver.stage("v");
        driver.publish("v", "pod-2");
        assertThat(driver.kubelet("pod-2").resolve("file")).hasContent("kept");
        driver.unpublish("v", "pod-2");
        driver.unstage("v");
        driver.delete("v");
        assertThat(driver.bytes("v")).doesNotExist();
    }

    @Test
    void a_read_only_publication_cannot_be_written_while_others_can() throws Exception {
        driver.stage("v");
        driver.publish("v", "writer");
        driver.node()
                .nodePublishVolume(
                        driver.publication("v", "reader").setReadonly(true).build());

        Files.writeString(driver.kubelet("writer").resolve("file"), "x");
        assertThat(driver.kubelet("reader").resolve("file")).hasContent("x");
        assertThatThrownBy(() -> Files.writeString(driver.kubelet("reader").resolve("file"), "y"))
                .hasMessageContaining("Read-only");
    }

    @Test
    void mount_options_reach_the_kernel() throws Exception {
        driver.stage("v");
        driver.node()
                .nodePublishVolume(driver.publication("v", "pod")
                        .setVolumeCapability(TestDriver.mountWith(MountVolume.newBuilder()
                                .addMountFlags("noexec")
                                .addMountFlags("nosuid")
                                .addMountFlags("noatime")))
                        .build());

        assertThat(mounts.table().at(driver.kubelet("pod")).orElseThrow().options())
                .contains("noexec", "nosuid", "noatime", "rw")
                .doesNotContain("relatime");
    }

    @Test
    void the_next_pod_of_a_modified_volume_leaves_access_times_alone() throws Exception {
        driver.stage("v");
        driver.publish("v", "before");
        driver.controller()
                .controllerModifyVolume(ControllerModifyVolumeRequest.newBuilder()
                        .setVolumeId("v")
                        .putMutableParameters("atime", "noatime")
                        .build());
        driver.publish("v", "after");

        assertThat(mounts.table().at(driver.kubelet("before")).orElseThrow().options())
                .contains("relatime");
        assertThat(mounts.table().at(driver.kubelet("after")).orElseThrow().options())
                .contains("noatime");
    }

    @Test
    void publications_are_found_again_by_the_next_process() throws Exception {
        driver.stage("v");
        driver.publish("v", "pod");

        var next = TestDriver.in(directory, mounts);
        next.publish("v", "pod");
        Refused.with(FAILED_PRECONDITION, () -> next.delete("v")).contains("mounted");
        next.unpublish("v", "pod");
        next.unstage("v");
        next.delete("v");
    }

    @Test
    void a_busy_publication_is_refused_in_words_and_can_be_removed_later() throws Exception {
        driver.stage("v");
        driver.publish("v", "pod");
        try (var file = Files.newOutputStream(driver.kubelet("pod").resolve("file"))) {
            file.write(1);
            Refused.with(INTERNAL, () -> driver.unpublish("v", "pod")).contains("busy");
        }
        driver.unpublish("v", "pod");
    }

    @Test
    void stats_come_from_the_filesystem() throws Exception {
        driver.stage("v");
        driver.publish("v", "pod");

        var usage = driver.node()
                .nodeGetVolumeStats(NodeGetVolumeStatsRequest.newBuilder()
                        .setVolumeId("v")
                        .setVolumePath(driver.kubelet("pod").toString())
                        .build())
                .getUsage(0);
        var store = Files.getFileStore(directory);
        assertThat(usage.getTotal()).isEqualTo(store.getTotalSpace());
        assertThat(usage.getUsed()).isPositive();
    }

    @Test
    void something_mounted_inside_a_volume_is_not_deleted_with_it() throws Exception {
        Path precious = Files.createDirectory(driver.directory().resolve("precious"));
        Files.writeString(precious.resolve("file"), "precious");
        Path inside = Files.createDirectory(driver.bytes("v").resolve("inside"));
        mounts.bind(precious, inside, MountAttributes.NONE);

        Refused.with(INTERNAL, () -> driver.delete("v")).contains("mounted inside");
        assertThat(precious.resolve("file")).hasContent("precious");
        mounts.unmount(inside);
        driver.delete("v");
        assertThat(precious.resolve("file")).hasContent("precious");
    }

    @Test
    void errors_of_the_kernel_are_sentences() {
        Path missing = directory.resolve("missing");

        assertThatThrownBy(() -> mounts.bind(missing, directory, new MountAttributes(Set.of("ro"))))
                .isInstanceOfSatisfying(
                        LinuxException.class,
                        refusal -> assertThat(refusal.errno()).isEqualTo(Errno.ENOENT))
                .hasMessageContainingAll("mount", missing.toString(), "no such file");
        assertThatThrownBy(() -> mounts.unmount(directory))
                .hasMessageContainingAll("unmount", directory.toString(), "not a mount point");
    }
}
