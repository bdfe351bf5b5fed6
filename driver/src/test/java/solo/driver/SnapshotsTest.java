package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static solo.csi.model.Code.ALREADY_EXISTS;
import static solo.csi.model.Code.INVALID_ARGUMENT;
import static solo.csi.model.Code.NOT_FOUND;
import static solo.csi.model.Code.OUT_OF_RANGE;
import static solo.csi.model.Code.RESOURCE_EXHAUSTED;

import csi.v1.CreateSnapshotRequest;
import csi.v1.CreateVolumeRequest;
import csi.v1.DeleteSnapshotRequest;
import csi.v1.GetPluginCapabilitiesRequest;
import csi.v1.GetSnapshotRequest;
import csi.v1.ListSnapshotsRequest;
import csi.v1.PluginCapability.Service;
import csi.v1.Snapshot;
import csi.v1.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import solo.csi.CsiException;
import solo.csi.model.Code;

class SnapshotsTest {

    @TempDir
    private Path directory = Path.of("");

    private TestDriver driver;

    @BeforeEach
    void start() throws IOException {
        driver = TestDriver.in(directory, new FakeMounts());
    }

    @Test
    void a_snapshot_keeps_what_the_volume_held_and_a_restored_volume_shows_it() throws Exception {
        driver.create("v");
        Files.writeString(driver.bytes("v").resolve("file"), "before");
        Files.createSymbolicLink(driver.bytes("v").resolve("link"), Path.of("file"));
        Snapshot snapshot = snapshot("s", "v");
        Files.writeString(driver.bytes("v").resolve("file"), "after");
        driver.delete("v");

        var restored = driver.controller()
                .createVolume(TestDriver.restoring("r", "s").build())
                .getVolume();

        assertThat(snapshot.getReadyToUse()).isTrue();
        assertThat(snapshot.getSizeBytes()).isEqualTo(TestDriver.GIB);
        assertThat(snapshot.getSourceVolumeId()).isEqualTo("v");
        assertThat(restored.getContentSource().getSnapshot().getSnapshotId()).isEqualTo("s");
        assertThat(driver.bytes("r").resolve("link")).isSymbolicLink().hasContent("before");
    }

    @Test
    void a_clone_is_a_volume_of_its_own() throws Exception {
        driver.create("v");
        Files.writeString(driver.bytes("v").resolve("file"), "before");

        var clone = driver.controller()
                .createVolume(TestDriver.cloning("c", "v").build())
                .getVolume();
        Files.writeString(driver.bytes("v").resolve("file"), "after");

        assertThat(clone.getContentSource().getVolume().getVolumeId()).isEqualTo("v");
        assertThat(driver.bytes("c").resolve("file")).hasContent("before");
    }

    @ParameterizedTest
    @MethodSource("solo.driver.TestDriver#unusualNames")
    void a_name_may_have_128_bytes_in_any_script(String name) throws Exception {
        driver.create("v");
        Files.writeString(driver.bytes("v").resolve("file"), "before");

        Snapshot snapshot = snapshot(name, "v");

        assertThat(snapshot(name, "v")).isEqualTo(snapshot);
        assertThat(get(snapshot.getSnapshotId())).isEqualTo(snapshot);
        assertThat(listed()).containsExactly(snapshot.getSnapshotId());
        driver.controller()
                .createVolume(
                        TestDriver.restoring("r", snapshot.getSnapshotId()).build());
        assertThat(driver.bytes("r").resolve("file")).hasContent("before");
        delete(snapshot.getSnapshotId());
        assertThat(listed()).isEmpty();
    }

    @Test
    void asking_twice_gives_the_same_and_another_source_is_another_snapshot() throws Exception {
        driver.create("v");
        driver.create("w");
        Snapshot first = snapshot("s", "v");
        assertThat(snapshot("s", "v")).isEqualTo(first);
        Refused.with(ALREADY_EXISTS, () -> snapshot("s", "w")).contains("volume v");
    }

    @Test
    void asking_twice_for_a_restored_volume_gives_the_same_and_another_source_does_not() throws Exception {
        driver.create("v");
        snapshot("s", "v");
        snapshot("t", "v");
        var first =
                driver.controller().createVolume(TestDriver.restoring("r", "s").build());
        assertThat(driver.controller()
                        .createVolume(TestDriver.restoring("r", "s").build()))
                .isEqualTo(first);
        refused(ALREADY_EXISTS, TestDriver.restoring("r", "t")).contains("content source");
    }

    @Test
    void what_is_not_there_cannot_be_copied() throws Exception {
        Refused.with(NOT_FOUND, () -> snapshot("s", "v")).contains("no volume v");
        refused(NOT_FOUND, TestDriver.restoring("r", "s")).contains("no snapshot s");
        refused(NOT_FOUND, TestDriver.cloning("c", "../v")).contains("no volume");
        assertThat(driver.listed()).isEmpty();
        assertThat(listed()).isEmpty();
    }

    @Test
    void a_volume_made_from_another_has_at_least_its_size() throws Exception {
        driver.controller()
                .createVolume(
                        sized(TestDriver.creation("v"), 3 * TestDriver.GIB, 0).build());
        snapshot("s", "v");
        refused(OUT_OF_RANGE, TestDriver.restoring("r", "s")).contains("cannot hold it");
        refused(OUT_OF_RANGE, sized(TestDriver.cloning("c", "v"), 0, TestDriver.GIB))
                .contains("cannot hold it");
        var unsized = driver.controller()
                .createVolume(sized(TestDriver.restoring("r", "s"), 0, 0).build())
                .getVolume();
        assertThat(unsized.getCapacityBytes()).isEqualTo(3 * TestDriver.GIB);
    }

    @Test
    void a_snapshot_takes_room_in_the_pool() throws Exception {
        TestDriver small = TestDriver.with(
                TestDriver.options(directory.resolve("small")).withPoolCapacityBytes(2 * TestDriver.GIB),
                new FakeMounts());
        small.create("v");
        small.controller().createSnapshot(request("s", "v"));
        Refused.with(RESOURCE_EXHAUSTED, () -> small.controller().createSnapshot(request("t", "v")))
                .contains("pool");
    }

    @Test
    void a_list_can_be_narrowed_and_paged() throws Exception {
        driver.create("v");
        driver.create("w");
        snapshot("s1", "v");
        snapshot("s2", "w");
        snapshot("s3", "v");

        assertThat(listed()).containsExactly("s1", "s2", "s3");
        assertThat(list(ListSnapshotsRequest.newBuilder().setSourceVolumeId("v")))
                .containsExactly("s1", "s3");
        assertThat(list(ListSnapshotsRequest.newBuilder().setSnapshotId("s2"))).containsExactly("s2");
        assertThat(list(ListSnapshotsRequest.newBuilder().setSnapshotId("../s2")))
                .isEmpty();
        var page = driver.controller()
                .listSnapshots(
                        ListSnapshotsRequest.newBuilder().setMaxEntries(2).build());
        assertThat(page.getEntriesCount()).isEqualTo(2);
        assertThat(list(ListSnapshotsRequest.newBuilder().setStartingToken(page.getNextToken())))
                .containsExactly("s3");
    }

    @Test
    void a_snapshot_can_be_looked_up_and_deleted_twice() throws Exception {
        driver.create("v");
        snapshot("s", "v");
        assertThat(get("s").getSnapshotId()).isEqualTo("s");
        delete("s");
        delete("s");
        Refused.with(NOT_FOUND, () -> get("s")).contains("no snapshot s");
        assertThat(directory.resolve("state/dir-snapshots")).isEmptyDirectory();
    }

    @Test
    void a_snapshot_can_be_used_on_its_node_only_and_says_so_wherever_it_is_shown() throws Exception {
        Topology here = place(TestDriver.NODE);
        driver.create("v");
        Snapshot created = snapshot("s", "v");

        assertThat(created.getAccessibleTopologyList()).containsExactly(here);
        assertThat(get("s")).isEqualTo(created);
        assertThat(driver.controller()
                        .listSnapshots(ListSnapshotsRequest.getDefaultInstance())
                        .getEntries(0)
                        .getSnapshot())
                .isEqualTo(created);
        assertThat(driver.driver()
                        .identity()
                        .getPluginCapabilities(GetPluginCapabilitiesRequest.getDefaultInstance())
                        .getCapabilitiesList())
                .extracting(capability -> capability.getService().getType())
                .contains(Service.Type.SNAPSHOT_ACCESSIBILITY_CONSTRAINTS);
    }

    @Test
    void a_snapshot_that_is_wanted_elsewhere_only_is_refused() throws Exception {
        driver.create("v");
        Refused.with(RESOURCE_EXHAUSTED, () -> snapshot(wanted("s", "node-b"))).contains("node-a only");
        assertThat(listed()).isEmpty();

        Snapshot made = snapshot(wanted("s", "node-b", TestDriver.NODE));
        assertThat(snapshot(wanted("s", TestDriver.NODE))).isEqualTo(made);
        Refused.with(ALREADY_EXISTS, () -> snapshot(wanted("s", "node-b"))).contains("node-a only");
        assertThat(listed()).containsExactly("s");
    }

    @Test
    void without_topology_snapshots_say_nothing_of_places() throws Exception {
        driver = TestDriver.with(TestDriver.options(directory.resolve("flat")).with(Set.of()), new FakeMounts());
        driver.create("v");
        assertThat(snapshot(wanted("s", "node-b")).getAccessibleTopologyList()).isEmpty();
        assertThat(driver.driver()
                        .identity()
                        .getPluginCapabilities(GetPluginCapabilitiesRequest.getDefaultInstance())
                        .getCapabilitiesList())
                .extracting(capability -> capability.getService().getType())
                .doesNotContain(Service.Type.SNAPSHOT_ACCESSIBILITY_CONSTRAINTS);
    }

    @Test
    void a_half_made_snapshot_that_is_deleted_lets_its_volume_be_written_again() throws Exception {
        var mounts = new FakeMounts();
        driver = TestDriver.in(directory, mounts);
        var images = new ImageRequests(driver, "ext4", 16 * ImageRequests.MIB);
        driver.controller().createVolume(images.creation("v").build());
        Files.createDirectories(driver.kubelet("staging-v"));
        driver.node().nodeStageVolume(images.staging("v").build());
        snapshot("s", "v");
        Path record = directory.resolve("state/snapshots/s.snapshot");
        Files.writeString(record, Files.readString(record).replace("READY", "CREATING"));
        mounts.frozen()
                .add(mounts.table()
                        .at(driver.kubelet("staging-v"))
                        .orElseThrow()
                        .source());

        delete("s");
        assertThat(mounts.frozen()).isEmpty();
        assertThat(record).doesNotExist();
    }

    @Test
    void a_malformed_request_changes_nothing() throws Exception {
        driver.create("v");
        Refused.with(INVALID_ARGUMENT, () -> snapshot("", "v")).contains("name");
        Refused.with(INVALID_ARGUMENT, () -> snapshot("s", "")).contains("source_volume_id");
        Refused.with(
                        INVALID_ARGUMENT,
                        () -> driver.controller()
                                .createSnapshot(request("s", "v").toBuilder()
                                        .putParameters("fast", "yes")
                                        .build()))
                .contains("fast");
        assertThat(listed()).isEmpty();
    }

    private Snapshot snapshot(String name, String volume) throws CsiException {
        return snapshot(request(name, volume));
    }

    private Snapshot snapshot(CreateSnapshotRequest request) throws CsiException {
        return driver.controller().createSnapshot(request).getSnapshot();
    }

    /** Of volume v. */
    private static CreateSnapshotRequest wanted(String name, String... nodes) {
        var request = request(name, "v").toBuilder();
        for (String node : nodes) {
            request.getAccessibilityRequirementsBuilder().addRequisite(place(node));
        }
        return request.build();
    }

    private static Topology place(String node) {
        return Topology.newBuilder().putSegments(NodeTopology.KEY, node).build();
    }

    private static CreateSnapshotRequest request(String name, String volume) {
        return CreateSnapshotRequest.newBuilder()
                .setName(name)
                .setSourceVolumeId(volume)
                .build();
    }

    private void delete(String id) throws CsiException {
        driver.controller()
                .deleteSnapshot(
                        DeleteSnapshotRequest.newBuilder().setSnapshotId(id).build());
    }

    private Snapshot get(String id) throws CsiException {
        return driver.controller()
                .getSnapshot(GetSnapshotRequest.newBuilder().setSnapshotId(id).build())
                .getSnapshot();
    }

    private List<String> listed() throws CsiException {
        return list(ListSnapshotsRequest.newBuilder());
    }

    private List<String> list(ListSnapshotsRequest.Builder request) throws CsiException {
        return driver.controller().listSnapshots(request.build()).getEntriesList().stream()
                .map(entry -> entry.getSnapshot().getSnapshotId())
                .toList();
    }

    private static CreateVolumeRequest.Builder sized(CreateVolumeRequest.Builder request, long required, long limit) {
        request.getCapacityRangeBuilder().setRequiredBytes(required).setLimitBytes(limit);
        return request;
    }

    private AbstractStringAssert<?> refused(Code code, CreateVolumeRequest.Builder request) {
        return Refused.with(code, () -> driver.controller().createVolume(request.build()));
    }
}
