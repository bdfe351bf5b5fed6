package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static solo.csi.model.Code.ALREADY_EXISTS;
import static solo.csi.model.Code.FAILED_PRECONDITION;
import static solo.csi.model.Code.INTERNAL;
import static solo.csi.model.Code.INVALID_ARGUMENT;
import static solo.csi.model.Code.NOT_FOUND;

import csi.v1.NodePublishVolumeRequest;
import csi.v1.NodeUnpublishVolumeRequest;
import csi.v1.NodeUnstageVolumeRequest;
import csi.v1.VolumeCapability.AccessMode.Mode;
import csi.v1.VolumeCapability.MountVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solo.csi.CsiException;
import solo.driver.mount.MountOrigin;
import solo.driver.mount.MountPoint;

/** Staging and publishing by the book, on a mount table of our own. */
class NodeMountsTest {
    @TempDir
    private Path directory = Path.of("");

    private final FakeMounts mounts = new FakeMounts();
    private TestDriver driver;

    @BeforeEach
    void open() throws Exception {
        driver = TestDriver.in(directory, mounts);
        driver.create("v");
    }

    @Test
    void a_volume_is_staged_then_published_and_the_other_way_back() throws Exception {
        driver.stage("v");
        driver.publish("v", "pod");
        assertThat(mounts.paths()).containsExactly(path("staging-v"), path("pod"));

        driver.unpublish("v", "pod");
        driver.unstage("v");
        assertThat(mounts.paths()).isEmpty();
        assertThat(driver.kubelet("pod")).doesNotExist();
        assertThat(driver.kubelet("staging-v")).exists();
    }

    @Test
    void every_step_may_be_repeated() throws Exception {
        for (int i = 0; i < 3; i++) {
            driver.stage("v");
        }
        for (int i = 0; i < 3; i++) {
            driver.publish("v", "pod");
        }
        assertThat(mounts.paths()).containsExactly(path("staging-v"), path("pod"));
        for (int i = 0; i < 3; i++) {
            driver.unpublish("v", "pod");
        }
        for (int i = 0; i < 3; i++) {
            driver.unstage("v");
        }
    }

    @Test
    void after_a_reboot_nothing_is_mounted_and_everything_can_be_again() throws Exception {
        driver.stage("v");
        driver.publish("v", "pod");
        mounts.forgetAll();

        Refused.with(FAILED_PRECONDITION, () -> driver.publish("v", "pod")).contains("not staged");
        driver.stage("v");
        driver.publish("v", "pod");
        assertThat(mounts.paths()).containsExactly(path("staging-v"), path("pod"));
    }

    @Test
    void what_is_mounted_survives_the_driver() throws Exception {
        driver.stage("v");
        driver.publish("v", "pod");

        var next = TestDriver.in(directory, mounts);
        next.publish("v", "pod");
        next.unpublish("v", "pod");
        next.unstage("v");
        assertThat(mounts.paths()).isEmpty();
    }

    @Test
    void several_pods_of_a_node_share_a_volume_unless_it_is_for_one_pod() throws Exception {
        driver.stage("v");
        driver.publish("v", "pod-1");
        driver.publish("v", "pod-2");
        driver.unpublish("v", "pod-2");

        var second =
                driver.publication("v", "pod-2").setVolumeCapability(TestDriver.mount(Mode.SINGLE_NODE_SINGLE_WRITER));
        Refused.with(FAILED_PRECONDITION, () -> publish(second)).contains("single pod", path("pod-1"));
        assertThat(driver.kubelet("pod-2")).doesNotExist();
    }

    @Test
    void read_only_is_mounted_so_and_cannot_become_writable_in_place() throws Exception {
        driver.stage("v");
        publish(driver.publication("v", "pod").setReadonly(true));

        assertThat(mountAt("pod").readOnly()).isTrue();
        publish(driver.publication("v", "pod").setReadonly(true));
        Refused.with(ALREADY_EXISTS, () -> driver.publish("v", "pod")).contains("read-only");
    }

    @Test
    void readers_modes_and_options_make_a_publication_read_only_too() throws Exception {
        driver.stage("v");
        publish(driver.publication("v", "a").setVolumeCapability(TestDriver.mount(Mode.MULTI_NODE_READER_ONLY)));
        publish(driver.publication("v", "b")
                .setVolumeCapability(TestDriver.mountWith(
                        MountVolume.newBuilder().addMountFlags("ro").addMountFlags("noatime"))));

        assertThat(mountAt("a").readOnly()).isTrue();
        assertThat(mountAt("b").options()).contains("ro", "noatime");
    }

    @Test
    void a_publication_needs_its_fields_and_a_staged_volume() throws Exception {
        Refused.with(INVALID_ARGUMENT, () -> publish(driver.publication("", "pod")));
        Refused.with(
                INVALID_ARGUMENT, () -> publish(driver.publication("v", "pod").setTargetPath("")));
        Refused.with(
                INVALID_ARGUMENT, () -> publish(driver.publication("v", "pod").clearVolumeCapability()));
        Refused.with(NOT_FOUND, () -> driver.publish("w", "pod"));
        Refused.with(NOT_FOUND, () -> driver.publish("../dir/v", "pod"));
        Refused.with(FAILED_PRECONDITION, () -> driver.publish("v", "pod")).contains("not staged");
        Refused.with(
                FAILED_PRECONDITION,
                () -> publish(driver.publication("v", "pod").setStagingTargetPath("")));
        driver.stage("v");
        Refused.with(
                        INVALID_ARGUMENT,
                        () -> publish(driver.publication("v", "pod").setVolumeCapability(TestDriver.block())))
                .contains("block");
        assertThat(driver.kubelet("pod")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"relative/pod", "/", "/tmp/../etc/pod", "/tmp/./pod", "/\0"})
    void only_absolute_normal_paths_are_mounted_at_or_removed(String path) throws Exception {
        driver.stage("v");

        Refused.with(
                INVALID_ARGUMENT, () -> publish(driver.publication("v", "pod").setTargetPath(path)));
        Refused.with(INVALID_ARGUMENT, () -> unpublish("v", path));
        Refused.with(
                INVALID_ARGUMENT,
                () -> driver.node()
                        .nodeStageVolume(
                                driver.staging("v").setStagingTargetPath(path).build()));
        Refused.with(INVALID_ARGUMENT, () -> unstage("v", path));
    }

    @Test
    void nothing_is_mounted_over_or_removed_from_the_drivers_own_files() throws Exception {
        driver.stage("v");
        for (String inside : new String[] {"state", "state/dir/v", "state/volumes/x"}) {
            String path = driver.directory().resolve(inside).toString();
            Refused.with(
                            INVALID_ARGUMENT,
                            () -> publish(driver.publication("v", "pod").setTargetPath(path)))
                    .contains("own files");
            Refused.with(INVALID_ARGUMENT, () -> unpublish("v", path));
        }
        String above = driver.directory().toString();
        Refused.with(INVALID_ARGUMENT, () -> unpublish("v", above));
    }

    @Test
    void a_link_does_not_lead_into_the_drivers_own_files() throws Exception {
        driver.stage("v");
        Files.createSymbolicLink(driver.kubelet("link"), driver.directory().resolve("state/dir"));
        Files.createSymbolicLink(driver.kubelet("pod"), driver.directory());

        Refused.with(INVALID_ARGUMENT, () -> driver.publish("v", "link/v")).contains("own files");
        Refused.with(INVALID_ARGUMENT, () -> driver.publish("v", "pod")).contains("symbolic link");
        Refused.with(INVALID_ARGUMENT, () -> driver.unpublish("v", "pod"));
    }

    @Test
    void the_kubelets_directory_may_be_a_link() throws Exception {
        Files.createSymbolicLink(
                driver.directory().resolve("link"), driver.directory().resolve("kubelet"));
        String target = driver.directory().resolve("link/pod").toString();
        driver.stage("v");

        publish(driver.publication("v", "pod").setTargetPath(target));
        publish(driver.publication("v", "pod").setTargetPath(target));

        assertThat(mounts.paths()).containsExactly(path("staging-v"), path("pod"));
        unpublish("v", target);
        assertThat(mounts.paths()).containsExactly(path("staging-v"));
    }

    @Test
    void a_missing_parent_refuses_a_publication_and_means_that_it_is_gone() throws Exception {
        driver.stage("v");

        Refused.with(FAILED_PRECONDITION, () -> driver.publish("v", "gone/pod")).contains("does not exist");
        driver.unpublish("v", "gone/pod");
    }

    @Test
    void a_publication_that_the_kernel_refuses_leaves_nothing_behind() throws Exception {
        driver.stage("v");
        mounts.refuse();

        Refused.with(INTERNAL, () -> driver.publish("v", "pod")).contains("not permitted");
        assertThat(driver.kubelet("pod")).doesNotExist();
    }

    @Test
    void other_peoples_mounts_and_files_are_not_touched() throws Exception {
        driver.stage("v");
        Files.createDirectories(driver.kubelet("disk"));
        mounts.add(new MountPoint(path("disk"), new MountOrigin("8:7", "/"), "/dev/sdb", Set.of("rw"), Set.of("rw")));
        Files.createDirectories(driver.kubelet("files/sub"));
        Files.writeString(driver.kubelet("plain"), "text");

        Refused.with(FAILED_PRECONDITION, () -> driver.publish("v", "disk")).contains("something else");
        Refused.with(FAILED_PRECONDITION, () -> driver.unpublish("v", "disk"));
        Refused.with(FAILED_PRECONDITION, () -> driver.unpublish("v", "files")).contains("holds files");
        Refused.with(FAILED_PRECONDITION, () -> driver.publish("v", "plain")).contains("not a directory");
        assertThat(mounts.paths()).contains(path("disk"));
        assertThat(driver.kubelet("files/sub")).exists();
    }

    @Test
    void the_volume_of_another_request_is_not_unmounted() throws Exception {
        driver.create("w");
        driver.stage("v");
        driver.publish("v", "pod");

        Refused.with(FAILED_PRECONDITION, () -> driver.unpublish("w", "pod"));
        Refused.with(FAILED_PRECONDITION, () -> unstage("w", path("staging-v")));
    }

    @Test
    void an_unknown_volume_is_unpublished_when_there_is_nothing_or_only_ours() throws Exception {
        driver.stage("v");
        driver.publish("v", "pod");
        Files.delete(driver.directory().resolve("state/volumes/v.volume"));
        Files.createDirectory(driver.kubelet("foreign"));

        driver.unpublish("v", "pod");
        driver.unpublish("v", "pod");
        unstage("v", path("staging-v"));
        assertThat(mounts.paths()).isEmpty();
        Refused.with(NOT_FOUND, () -> driver.unpublish("v", "foreign"));
        assertThat(driver.kubelet("foreign")).exists();
    }

    private void publish(NodePublishVolumeRequest.Builder request) throws CsiException {
        driver.node().nodePublishVolume(request.build());
    }

    private void unpublish(String id, String path) throws CsiException {
        driver.node()
                .nodeUnpublishVolume(NodeUnpublishVolumeRequest.newBuilder()
                        .setVolumeId(id)
                        .setTargetPath(path)
                        .build());
    }

    private void unstage(String id, String path) throws CsiException {
        driver.node()
                .nodeUnstageVolume(NodeUnstageVolumeRequest.newBuilder()
                        .setVolumeId(id)
                        .setStagingTargetPath(path)
                        .build());
    }

    private MountPoint mountAt(String name) throws IOException {
        return mounts.table().at(driver.kubelet(name)).orElseThrow();
    }

    private String path(String name) {
        return driver.kubelet(name).toString();
    }
}
