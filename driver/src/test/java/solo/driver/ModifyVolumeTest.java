package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static solo.csi.model.Code.INTERNAL;
import static solo.csi.model.Code.INVALID_ARGUMENT;
import static solo.csi.model.Code.NOT_FOUND;
import static solo.driver.ImageRequests.BLOCK;
import static solo.driver.ImageRequests.MIB;

import csi.v1.ControllerModifyVolumeRequest;
import csi.v1.CreateVolumeRequest;
import csi.v1.ValidateVolumeCapabilitiesRequest;
import csi.v1.ValidateVolumeCapabilitiesResponse;
import csi.v1.VolumeCapability.MountVolume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solo.csi.CsiException;
import solo.driver.FatalStep.Killed;
import solo.driver.FatalStep.Moment;
import solo.driver.mount.MountPoint;
import solo.driver.state.RealDisk;

/** What a VolumeAttributesClass may change, and when it can be seen. */
class ModifyVolumeTest {
    @TempDir
    private Path directory = Path.of("");

    private final FakeMounts mounts = new FakeMounts();
    private TestDriver driver;

    @BeforeEach
    void open() throws IOException {
        driver = TestDriver.in(directory, mounts);
    }

    @Test
    void the_next_pod_has_the_access_time_rule_whatever_the_mount_options_say() throws Exception {
        driver.create("v");
        driver.stage("v");
        driver.publish("v", "before");

        modify("v", Map.of("atime", "noatime"));
        driver.publish("v", "after");
        modify("v", Map.of("atime", "strictatime"));
        driver.node()
                .nodePublishVolume(driver.publication("v", "with-options")
                        .setVolumeCapability(
                                TestDriver.mountWith(MountVolume.newBuilder().addMountFlags("noatime")))
                        .build());

        assertThat(optionsAt("before")).doesNotContain("noatime");
        assertThat(optionsAt("after")).contains("noatime");
        assertThat(optionsAt("with-options")).contains("strictatime").doesNotContain("noatime");
    }

    @Test
    void a_publication_stays_what_it_is_when_it_is_asked_for_again() throws Exception {
        driver.create("v");
        driver.stage("v");
        driver.publish("v", "pod");
        modify("v", Map.of("atime", "noatime"));

        driver.publish("v", "pod");
        assertThat(optionsAt("pod")).doesNotContain("noatime");
    }

    @Test
    void a_mounted_ext4_or_btrfs_stops_discarding_at_once_and_a_mounted_xfs_with_its_next_mount() throws Exception {
        for (String fsType : List.of("ext4", "btrfs", "xfs")) {
            createImage(fsType, Map.of());
            stageImage(fsType);
            modify(fsType, Map.of("discard", "false"));
        }
        assertThat(mounts.reconfigured()).containsExactly("nodiscard", "nodiscard");
        driver.unstage("xfs");
        stageImage("xfs");
        assertThat(mounts.filesystemOptions()).last().isEqualTo("discard,nouuid,nodiscard");

        modify("btrfs", Map.of("discard", "true"));
        assertThat(mounts.reconfigured()).last().isEqualTo("discard=async");
    }

    @Test
    void a_filesystem_that_the_kernel_has_made_read_only_takes_no_options_and_the_refusal_says_why() throws Exception {
        createImage("btrfs", Map.of());
        stageImage("btrfs");
        mounts.failTheDisk();

        Refused.with(INTERNAL, () -> modify("btrfs", Map.of("discard", "false")))
                .contains("read-only after an error", "until it is mounted anew");
        assertThat(mounts.reconfigured()).isEmpty();
    }

    @Test
    void a_device_reads_ahead_as_told_at_once_and_after_each_attachment() throws Exception {
        createImage(BLOCK, Map.of("readAheadKiB", "0"));
        stageImage(BLOCK);
        assertThat(mounts.readAhead().values()).containsExactly(0L);

        modify(BLOCK, Map.of("readAheadKiB", "4096"));
        assertThat(mounts.readAhead().values()).containsExactly(4L << 20);
        driver.unstage(BLOCK);
        mounts.readAhead().clear();
        stageImage(BLOCK);
        assertThat(mounts.readAhead().values()).containsExactly(4L << 20);
    }

    @Test
    void a_key_that_is_not_named_stays_as_it_is() throws Exception {
        createImage("ext4", Map.of("atime", "noatime", "discard", "false"));
        modify("ext4", Map.of("discard", "true"));

        assertThat(confirmed("ext4", Map.of("atime", "noatime", "discard", "true"))
                        .hasConfirmed())
                .isTrue();
    }

    @Test
    void it_is_still_so_after_a_restart() throws Exception {
        driver.create("v");
        modify("v", Map.of("atime", "noatime"));
        modify("v", Map.of("atime", "noatime"));

        driver = TestDriver.in(directory, mounts);
        driver.stage("v");
        driver.publish("v", "pod");
        assertThat(optionsAt("pod")).contains("noatime");
    }

    @Test
    void a_start_shows_to_pods_what_a_kill_has_kept_from_them() throws Exception {
        createImage("ext4", Map.of());
        stageImage("ext4");
        var crashing = new CrashingMounts(mounts, new FatalStep(1, Moment.BEFORE), _ -> {});
        var dying = LocalDriver.open(TestDriver.options(directory), new RealDisk(), crashing);
        assertThatThrownBy(() -> dying.controller().controllerModifyVolume(request("ext4", Map.of("discard", "false"))))
                .isInstanceOf(Killed.class);
        assertThat(mounts.reconfigured()).isEmpty();

        TestDriver.in(directory, mounts);
        assertThat(mounts.reconfigured()).containsExactly("nodiscard");
    }

    @Test
    void a_volume_that_is_asked_for_again_with_another_class_is_the_same_volume_and_has_that_class() throws Exception {
        createImage("ext4", Map.of("discard", "false"));
        createImage("ext4", Map.of("discard", "true"));

        assertThat(confirmed("ext4", Map.of("discard", "true")).hasConfirmed()).isTrue();
    }

    @Test
    void each_sort_of_volume_names_what_it_knows() throws Exception {
        driver.create("dir");
        for (String sort : List.of("ext4", "xfs", "btrfs", BLOCK)) {
            createImage(sort, Map.of());
        }
        refused("dir", "discard").contains("discard", "backend dir", "knows atime");
        refused("ext4", "iops").contains("iops", "atime, discard, readAheadKiB");
        refused("xfs", "iops").contains("atime, discard, readAheadKiB");
        refused("btrfs", "readAheadKiB").contains("readAheadKiB", "knows atime, discard");
        refused(BLOCK, "atime").contains("raw block", "knows readAheadKiB");
    }

    @Test
    void nothing_is_changed_when_one_of_them_is_wrong() throws Exception {
        createImage("ext4", Map.of("discard", "false"));
        Refused.with(INVALID_ARGUMENT, () -> modify("ext4", Map.of("discard", "true", "readAheadKiB", "much")))
                .contains("readAheadKiB", "0 to 65536", "much");

        assertThat(confirmed("ext4", Map.of("discard", "false")).hasConfirmed()).isTrue();
    }

    @Test
    void what_the_controllers_add_is_not_for_the_volume() throws Exception {
        createImage("ext4", Map.of("csi.storage.k8s.io/pvc/name", "claim"));
        modify("ext4", Map.of("csi.storage.k8s.io/pv/name", "volume", "atime", "noatime"));

        assertThat(confirmed("ext4", Map.of("atime", "noatime")).hasConfirmed()).isTrue();
    }

    @Test
    void a_volume_is_confirmed_for_the_parameters_that_it_has_and_no_others() throws Exception {
        createImage("ext4", Map.of("atime", "noatime"));

        assertThat(confirmed("ext4", Map.of("atime", "noatime")).getConfirmed().getMutableParamsMap())
                .containsEntry("atime", "noatime");
        assertThat(confirmed("ext4", Map.of("atime", "relatime")).getMessage()).contains("atime=noatime");
        assertThat(confirmed("ext4", Map.of("iops", "1")).getMessage()).contains("iops");
    }

    @Test
    void there_must_be_a_volume_and_something_to_change() throws Exception {
        driver.create("v");
        Refused.with(NOT_FOUND, () -> modify("w", Map.of("atime", "noatime"))).contains("w");
        Refused.with(NOT_FOUND, () -> modify("../v", Map.of("atime", "noatime")));
        Refused.with(INVALID_ARGUMENT, () -> modify("", Map.of("atime", "noatime")))
                .contains("volume_id");
        Refused.with(INVALID_ARGUMENT, () -> modify("v", Map.of())).contains("mutable_parameters");
    }

    private Set<String> optionsAt(String pod) {
        return mounts.table().at(driver.kubelet(pod)).map(MountPoint::options).orElseThrow();
    }

    private void createImage(String sort, Map<String, String> mutable) throws CsiException {
        CreateVolumeRequest request = new ImageRequests(driver, sort, 16 * MIB)
                .creation(sort)
                .putAllMutableParams(mutable)
                .build();
        driver.controller().createVolume(request);
    }

    private void stageImage(String sort) throws CsiException {
        driver.node()
                .nodeStageVolume(
                        new ImageRequests(driver, sort, 16 * MIB).staging(sort).build());
    }

    private void modify(String id, Map<String, String> parameters) throws CsiException {
        driver.controller().controllerModifyVolume(request(id, parameters));
    }

    private static ControllerModifyVolumeRequest request(String id, Map<String, String> parameters) {
        return ControllerModifyVolumeRequest.newBuilder()
                .setVolumeId(id)
                .putAllMutableParameters(parameters)
                .build();
    }

    private AbstractStringAssert<?> refused(String id, String key) {
        return Refused.with(INVALID_ARGUMENT, () -> modify(id, new TreeMap<>(Map.of(key, "1"))));
    }

    private ValidateVolumeCapabilitiesResponse confirmed(String id, Map<String, String> mutable) throws CsiException {
        return driver.controller()
                .validateVolumeCapabilities(ValidateVolumeCapabilitiesRequest.newBuilder()
                        .setVolumeId(id)
                        .addVolumeCapabilities(ImageRequests.capability(id))
                        .putAllMutableParams(mutable)
                        .build());
    }
}
