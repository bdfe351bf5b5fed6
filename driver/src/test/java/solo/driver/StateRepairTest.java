package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;

import csi.v1.CreateVolumeGroupSnapshotRequest;
import csi.v1.ListSnapshotsRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solo.driver.state.RealDisk;
import solo.driver.state.StateLocks;

/** What a start finds, and does about it. */
class StateRepairTest {
    @TempDir
    private Path directory = Path.of("");

    private TestDriver driver;

    @BeforeEach
    void two_volumes() throws Exception {
        driver = TestDriver.in(directory, new FakeMounts());
        driver.create("a");
        driver.create("b");
    }

    @Test
    void a_half_made_volume_is_undone() throws Exception {
        rewrite("a", "READY", "CREATING");

        restart();
        assertThat(driver.listed()).containsExactly("b");
        assertThat(driver.bytes("a")).doesNotExist();
    }

    @Test
    void a_half_deleted_volume_is_finished() throws Exception {
        rewrite("a", "READY", "DELETING");
        assertThat(driver.listed()).containsExactly("b");

        restart();
        assertThat(driver.bytes("a")).doesNotExist();
        assertThat(record("a")).doesNotExist();
    }

    @Test
    void a_volume_that_another_process_is_making_is_left_alone() throws Exception {
        rewrite("a", "READY", "CREATING");
        var locks = StateLocks.open(driver.directory().resolve("state"), new RealDisk(), Duration.ZERO);

        try (var _ = locks.hold("a").orElseThrow()) {
            restart();
            assertThat(driver.bytes("a")).exists();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATING", "DELETING"})
    void a_group_that_is_not_ready_goes_with_all_its_members(String phase) throws Exception {
        driver.driver()
                .groupController()
                .createVolumeGroupSnapshot(CreateVolumeGroupSnapshotRequest.newBuilder()
                        .setName("g")
                        .addSourceVolumeIds("a")
                        .addSourceVolumeIds("b")
                        .build());
        Path group = driver.directory().resolve("state/groups/g.group");
        Files.writeString(group, Files.readString(group).replace("READY", phase));
        var list = ListSnapshotsRequest.getDefaultInstance();
        assertThat(driver.controller().listSnapshots(list).getEntriesList()).isEmpty();

        restart();
        assertThat(group).doesNotExist();
        assertThat(driver.directory().resolve("state/snapshots")).isEmptyDirectory();
        assertThat(driver.directory().resolve("state/dir-snapshots")).isEmptyDirectory();
    }

    @Test
    void bytes_without_a_volume_are_set_aside_and_not_deleted() throws Exception {
        Files.createDirectory(driver.bytes("x"));
        Files.writeString(driver.bytes("x").resolve("file"), "of whom?");

        restart();
        assertThat(driver.bytes("x")).doesNotExist();
        assertThat(driver.directory().resolve("state/set-aside/dir-x/file")).hasContent("of whom?");
    }

    @Test
    void a_damaged_record_keeps_its_bytes_and_stops_no_other_volume() throws Exception {
        Files.writeString(driver.bytes("a").resolve("file"), "precious");
        Files.writeString(record("a"), "garbage");

        restart();
        assertThat(driver.bytes("a").resolve("file")).hasContent("precious");
        driver.create("c");
        driver.delete("b");
    }

    @Test
    void a_record_of_a_backend_that_is_not_there_is_left_alone() throws Exception {
        rewrite("a", "backend=dir", "backend=tape");

        restart();
        assertThat(record("a")).exists();
        assertThat(driver.bytes("a")).exists();
    }

    private Path record(String id) {
        return driver.directory().resolve("state/volumes").resolve(id + ".volume");
    }

    private void rewrite(String id, String from, String to) throws IOException {
        Files.writeString(record(id), Files.readString(record(id)).replace(from, to));
    }

    private void restart() throws IOException {
        driver = TestDriver.in(directory, new FakeMounts());
    }
}
