package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static solo.csi.model.Code.INVALID_ARGUMENT;
import static solo.driver.TestDriver.GIB;

import csi.v1.CapacityRange;
import csi.v1.ControllerExpandVolumeRequest;
import csi.v1.CreateSnapshotRequest;
import csi.v1.DeleteSnapshotRequest;
import csi.v1.GetCapacityRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solo.csi.CsiException;
import solo.driver.state.RealDisk;
import solo.driver.state.StateStore;

/** A directory's size is a limit where the filesystem has project quotas, and a promise elsewhere. */
class DirQuotaTest {
    @TempDir
    private Path directory = Path.of("");

    private final FakeMounts mounts = new FakeMounts();

    @Test
    void each_volume_has_a_project_of_its_own_that_is_limited_to_its_size() throws Exception {
        var driver = withQuota();
        driver.create("a");
        driver.create("b");

        assertThat(project(driver, "a")).isNotZero().isNotEqualTo(project(driver, "b"));
        assertThat(mounts.quotas().limits())
                .hasSize(2)
                .containsEntry(project(driver, "a"), GIB)
                .containsEntry(project(driver, "b"), GIB);
    }

    @Test
    void names_that_would_get_the_same_project_get_two() throws Exception {
        var driver = withQuota();
        assertThat("aan".hashCode()).isEqualTo("ac0".hashCode());
        driver.create("aan");
        driver.create("ac0");

        assertThat(project(driver, "ac0")).isEqualTo(project(driver, "aan") + 1);
    }

    @Test
    void growing_raises_the_limit() throws Exception {
        var driver = withQuota();
        driver.create("v");
        driver.controller()
                .controllerExpandVolume(ControllerExpandVolumeRequest.newBuilder()
                        .setVolumeId("v")
                        .setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(2 * GIB))
                        .build());

        assertThat(mounts.quotas().limits()).containsEntry(project(driver, "v"), 2 * GIB);
    }

    @Test
    void a_deleted_volume_leaves_no_limit_and_its_project_is_free() throws Exception {
        var driver = withQuota();
        driver.create("v");
        long project = project(driver, "v");
        driver.delete("v");

        assertThat(mounts.quotas().limits()).isEmpty();
        assertThat(mounts.quotas().isTaken(directory, project)).isFalse();
        driver.create("v");
        assertThat(project(driver, "v")).isEqualTo(project);
    }

    @Test
    void copies_have_projects_of_their_own() throws Exception {
        var driver = withQuota();
        driver.create("v");
        driver.controller()
                .createSnapshot(CreateSnapshotRequest.newBuilder()
                        .setName("s")
                        .setSourceVolumeId("v")
                        .build());
        driver.controller().createVolume(TestDriver.cloning("c", "v").build());
        driver.controller().createVolume(TestDriver.restoring("r", "s").build());

        var all = new ArrayList<>(List.of(project(driver, "v"), project(driver, "c"), project(driver, "r")));
        all.add(mounts.quotas().projectOf(state(driver).resolve("dir-snapshots/s")));
        assertThat(new HashSet<>(all)).hasSize(4).doesNotContain(0L);
        assertThat(mounts.quotas().limits()).hasSize(3);
        driver.controller()
                .deleteSnapshot(
                        DeleteSnapshotRequest.newBuilder().setSnapshotId("s").build());
        assertThat(mounts.quotas().isTaken(directory, all.getLast())).isFalse();
    }

    @Test
    void a_start_puts_back_a_limit_that_is_not_the_volumes_size() throws Exception {
        var driver = withQuota();
        driver.create("v");
        mounts.quotas().limits().clear();

        withQuota();
        assertThat(mounts.quotas().limits()).containsEntry(project(driver, "v"), GIB);
    }

    @Test
    void a_filesystem_without_quotas_serves_all_classes_but_those_that_require_them() throws Exception {
        var driver = TestDriver.in(directory, mounts);
        driver.create("v");
        create(driver, "w", "auto");

        Refused.with(INVALID_ARGUMENT, () -> create(driver, "x", "required"))
                .contains("quota: required", "this fake filesystem has no project quota");
        assertThat(driver.controller()
                        .getCapacity(GetCapacityRequest.newBuilder()
                                .putParameters("quota", "required")
                                .addVolumeCapabilities(TestDriver.creation("x").getVolumeCapabilities(0))
                                .build())
                        .getAvailableCapacity())
                .isZero();
        create(withQuota(), "x", "required");
    }

    @Test
    void a_volume_made_without_a_quota_goes_on_without_one() throws Exception {
        TestDriver.in(directory, mounts).create("v");
        var driver = withQuota();

        assertThat(project(driver, "v")).isZero();
        driver.stage("v");
        driver.publish("v", "pod");
        driver.unpublish("v", "pod");
        driver.unstage("v");
        driver.delete("v");
        assertThat(mounts.quotas().limits()).isEmpty();
    }

    @Test
    void there_are_two_words_for_it() throws Exception {
        var driver = withQuota();
        Refused.with(INVALID_ARGUMENT, () -> create(driver, "x", "always")).contains("auto or required", "always");
        Refused.with(
                        INVALID_ARGUMENT,
                        () -> driver.controller()
                                .createVolume(TestDriver.creation("x")
                                        .putParameters("backend", "image")
                                        .putParameters("quota", "required")
                                        .build()))
                .contains("quota", "backend image knows");
    }

    private TestDriver withQuota() throws IOException {
        mounts.quotas().offer();
        return TestDriver.in(directory, mounts);
    }

    private static void create(TestDriver driver, String name, String quota) throws CsiException {
        driver.controller()
                .createVolume(
                        TestDriver.creation(name).putParameters("quota", quota).build());
    }

    private static Path state(TestDriver driver) {
        return driver.directory().resolve("state");
    }

    /** By the record, which must say what the directory has. */
    private long project(TestDriver driver, String id) throws IOException {
        long project = StateStore.volumes(state(driver), new RealDisk())
                .find(id)
                .orElseThrow()
                .home()
                .project();
        assertThat(mounts.quotas().projectOf(driver.bytes(id))).isEqualTo(project);
        return project;
    }
}
