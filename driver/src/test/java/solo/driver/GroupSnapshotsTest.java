package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static solo.csi.model.Code.ABORTED;
import static solo.csi.model.Code.ALREADY_EXISTS;
import static solo.csi.model.Code.INVALID_ARGUMENT;
import static solo.csi.model.Code.NOT_FOUND;
import static solo.csi.model.Code.RESOURCE_EXHAUSTED;
import static solo.driver.ImageRequests.MIB;

import csi.v1.CreateVolumeGroupSnapshotRequest;
import csi.v1.DeleteSnapshotRequest;
import csi.v1.DeleteVolumeGroupSnapshotRequest;
import csi.v1.GetPluginCapabilitiesRequest;
import csi.v1.GetSnapshotRequest;
import csi.v1.GetVolumeGroupSnapshotRequest;
import csi.v1.GroupControllerGetCapabilitiesRequest;
import csi.v1.ListSnapshotsRequest;
import csi.v1.PluginCapability.Service;
import csi.v1.Snapshot;
import csi.v1.VolumeGroupSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import solo.csi.CsiException;
import solo.driver.state.Disk;
import solo.driver.state.RealDisk;
import solo.driver.state.StateLocks;

class GroupSnapshotsTest {

    @TempDir
    private Path directory = Path.of("");

    private final FakeMounts mounts = new FakeMounts();
    private TestDriver driver;

    @BeforeEach
    void two_volumes() throws Exception {
        driver = TestDriver.in(directory, mounts);
        for (String id : List.of("v", "w")) {
            driver.create(id);
            Files.writeString(driver.bytes(id).resolve("file"), "of " + id);
        }
    }

    @Test
    void the_driver_says_that_it_can() throws Exception {
        var services = driver.driver()
                .identity()
                .getPluginCapabilities(GetPluginCapabilitiesRequest.getDefaultInstance())
                .getCapabilitiesList();
        assertThat(services)
                .anyMatch(capability -> capability.getService().getType() == Service.Type.GROUP_CONTROLLER_SERVICE);
        assertThat(driver.driver()
                        .groupController()
                        .groupControllerGetCapabilities(GroupControllerGetCapabilitiesRequest.getDefaultInstance())
                        .getCapabilitiesCount())
                .isEqualTo(1);
    }

    @Test
    void every_member_is_a_snapshot_that_says_its_group_and_can_be_restored() throws Exception {
        VolumeGroupSnapshot group = group("g", "v", "w");
        driver.delete("v");

        assertThat(group.getReadyToUse()).isTrue();
        assertThat(group.getSnapshotsList())
                .extracting(Snapshot::getSourceVolumeId)
                .containsExactly("v", "w");
        assertThat(group.getSnapshotsList()).allSatisfy(member -> {
            assertThat(member.getGroupSnapshotId()).isEqualTo("g");
            assertThat(member.getCreationTime()).isEqualTo(group.getCreationTime());
            assertThat(snapshot(member.getSnapshotId())).isEqualTo(member);
        });
        assertThat(listed()).containsExactlyInAnyOrderElementsOf(group.getSnapshotsList());
        driver.controller()
                .createVolume(TestDriver.restoring("r", ids(group).getFirst()).build());
        assertThat(driver.bytes("r").resolve("file")).hasContent("of v");
    }

    @ParameterizedTest
    @MethodSource("solo.driver.TestDriver#unusualNames")
    void a_name_may_have_128_bytes_in_any_script(String name) throws Exception {
        VolumeGroupSnapshot group = group(name, "v", "w");

        assertThat(group(name, "w", "v")).isEqualTo(group);
        assertThat(get(group.getGroupSnapshotId(), ids(group))).isEqualTo(group);
        driver.controller()
                .createVolume(TestDriver.restoring("r", ids(group).getLast()).build());
        assertThat(driver.bytes("r").resolve("file")).hasContent("of w");
        delete(group.getGroupSnapshotId(), ids(group));
        nothingIsLeft();
    }

    @Test
    void asking_twice_gives_the_same_and_other_volumes_are_another_group() throws Exception {
        VolumeGroupSnapshot first = group("g", "v", "w");
        driver.create("x");

        assertThat(group("g", "w", "v")).isEqualTo(first);
        Refused.with(ALREADY_EXISTS, () -> group("g", "v")).contains("v, w");
        Refused.with(ALREADY_EXISTS, () -> group("g", "v", "w", "x"));
        assertThat(listed()).hasSize(2);
    }

    @Test
    void a_group_may_have_the_name_of_a_snapshot_and_no_name_leads_to_a_member() throws Exception {
        VolumeGroupSnapshot group = group("g", "v");
        String member = ids(group).getFirst();
        for (String name : List.of("g", member, "g-v")) {
            driver.controller()
                    .createSnapshot(csi.v1.CreateSnapshotRequest.newBuilder()
                            .setName(name)
                            .setSourceVolumeId("w")
                            .build());
        }
        assertThat(listed()).hasSize(4);
        assertThat(snapshot(member).getSourceVolumeId()).isEqualTo("v");
    }

    @Test
    void one_volume_that_is_not_there_keeps_the_whole_group_from_being() throws Exception {
        Refused.with(NOT_FOUND, () -> group("g", "v", "x")).contains("no volume x");
        Refused.with(NOT_FOUND, () -> group("g", "v", "../w"));
        nothingIsLeft();
    }

    @Test
    void a_member_does_not_go_alone() throws Exception {
        VolumeGroupSnapshot group = group("g", "v", "w");
        Refused.with(INVALID_ARGUMENT, () -> deleteSnapshot(ids(group).getFirst()))
                .contains("group g");
        assertThat(listed()).hasSize(2);
    }

    @Test
    void a_member_whose_group_is_lost_is_hidden_and_can_be_deleted() throws Exception {
        VolumeGroupSnapshot group = group("g", "v");
        Files.delete(directory.resolve("state/groups/g.group"));
        assertThat(listed()).isEmpty();
        deleteSnapshot(ids(group).getFirst());
        nothingIsLeft();
    }

    @Test
    void a_group_goes_with_all_its_members_and_may_be_deleted_twice() throws Exception {
        VolumeGroupSnapshot group = group("g", "v", "w");
        delete("g", ids(group));
        delete("g", ids(group));
        deleteSnapshot(ids(group).getFirst());
        nothingIsLeft();
    }

    @Test
    void an_unknown_group_is_not_found_but_gone() throws Exception {
        delete("g", List.of());
        delete("../g", List.of());
        Refused.with(NOT_FOUND, () -> get("g", List.of())).contains("no group snapshot g");
        Refused.with(NOT_FOUND, () -> get("../g", List.of()));
    }

    @Test
    void a_list_of_other_members_is_refused_in_whatever_order_the_right_one_may_be() throws Exception {
        VolumeGroupSnapshot group = group("g", "v", "w");
        assertThat(get("g", ids(group).reversed())).isEqualTo(group);
        for (List<String> wrong : List.of(List.<String>of(), List.of(ids(group).getFirst()), List.of("x", "y"))) {
            Refused.with(INVALID_ARGUMENT, () -> get("g", wrong)).contains(ids(group));
            Refused.with(INVALID_ARGUMENT, () -> delete("g", wrong));
        }
        assertThat(listed()).hasSize(2);
    }

    @Test
    void a_malformed_request_changes_nothing() throws Exception {
        Refused.with(INVALID_ARGUMENT, () -> group("", "v")).contains("name");
        Refused.with(INVALID_ARGUMENT, () -> group("g")).contains("source_volume_ids");
        Refused.with(INVALID_ARGUMENT, () -> group("g", "")).contains("source_volume_ids");
        Refused.with(INVALID_ARGUMENT, () -> group("g", "v", "v")).contains("twice");
        Refused.with(INVALID_ARGUMENT, () -> get("", List.of())).contains("group_snapshot_id");
        Refused.with(INVALID_ARGUMENT, () -> delete("", List.of())).contains("group_snapshot_id");
        var unknown = request("g", "v").putParameters("fast", "yes").build();
        Refused.with(INVALID_ARGUMENT, () -> driver.driver().groupController().createVolumeGroupSnapshot(unknown))
                .contains("fast")
                .contains("VolumeGroupSnapshotClass");
        nothingIsLeft();
    }

    @Test
    void all_members_must_fit_into_the_pool_together() throws Exception {
        driver = TestDriver.with(TestDriver.options(directory).withPoolCapacityBytes(3 * TestDriver.GIB), mounts);
        Refused.with(RESOURCE_EXHAUSTED, () -> group("g", "v", "w")).contains("pool");
        nothingIsLeft();
        group("g", "v");
    }

    @Test
    void a_copy_that_fails_leaves_no_group_and_nobody_waiting() throws Exception {
        driver = withImagesInUse(new FailingCopies());
        Refused.with(solo.csi.model.Code.INTERNAL, () -> group("g", "image-a", "image-b"))
                .contains("bad sector");
        assertThat(mounts.frozen()).isEmpty();
        nothingIsLeft();
    }

    @Test
    void images_in_use_are_all_held_still_until_the_last_is_copied() throws Exception {
        var copies = new CopiesWhileFrozen();
        driver = withImagesInUse(copies);
        group("g", "image-a", "image-b", "v");

        assertThat(copies.frozenMeanwhile).startsWith(2, 2);
        assertThat(mounts.frozen()).isEmpty();
    }

    @Test
    void two_calls_for_one_group_do_not_meet() throws Exception {
        var locks = StateLocks.open(driver.directory().resolve("state"), new RealDisk(), Duration.ZERO);
        try (var _ = locks.hold("g_g").orElseThrow()) {
            Refused.with(ABORTED, () -> group("g", "v")).contains("group snapshot g");
        }
    }

    private TestDriver withImagesInUse(Disk disk) throws IOException, CsiException {
        var opened = new TestDriver(
                LocalDriver.open(TestDriver.options(directory), new RealDisk(), mounts), driver.directory());
        var images = new ImageRequests(opened, "ext4", 16 * MIB);
        for (String id : List.of("image-a", "image-b")) {
            opened.controller().createVolume(images.creation(id).build());
            Files.createDirectories(opened.kubelet("staging-" + id));
            opened.node().nodeStageVolume(images.staging(id).build());
        }
        return new TestDriver(LocalDriver.open(TestDriver.options(directory), disk, mounts), driver.directory());
    }

    private void nothingIsLeft() throws Exception {
        assertThat(listed()).isEmpty();
        for (String name : Set.of("groups", "snapshots", "dir-snapshots", "image-snapshots", "set-aside", "locks")) {
            assertThat(directory.resolve("state").resolve(name)).as(name).isEmptyDirectory();
        }
    }

    private VolumeGroupSnapshot group(String name, String... volumes) throws CsiException {
        return driver.driver()
                .groupController()
                .createVolumeGroupSnapshot(request(name, volumes).build())
                .getGroupSnapshot();
    }

    private static CreateVolumeGroupSnapshotRequest.Builder request(String name, String... volumes) {
        return CreateVolumeGroupSnapshotRequest.newBuilder()
                .setName(name)
                .addAllSourceVolumeIds(List.of(volumes))
                .putParameters("csi.storage.k8s.io/volumegroupsnapshot/name", "theirs");
    }

    private VolumeGroupSnapshot get(String id, List<String> members) throws CsiException {
        return driver.driver()
                .groupController()
                .getVolumeGroupSnapshot(GetVolumeGroupSnapshotRequest.newBuilder()
                        .setGroupSnapshotId(id)
                        .addAllSnapshotIds(members)
                        .build())
                .getGroupSnapshot();
    }

    private void delete(String id, List<String> members) throws CsiException {
        driver.driver()
                .groupController()
                .deleteVolumeGroupSnapshot(DeleteVolumeGroupSnapshotRequest.newBuilder()
                        .setGroupSnapshotId(id)
                        .addAllSnapshotIds(members)
                        .build());
    }

    private void deleteSnapshot(String id) throws CsiException {
        driver.controller()
                .deleteSnapshot(
                        DeleteSnapshotRequest.newBuilder().setSnapshotId(id).build());
    }

    private Snapshot snapshot(String id) throws CsiException {
        return driver.controller()
                .getSnapshot(GetSnapshotRequest.newBuilder().setSnapshotId(id).build())
                .getSnapshot();
    }

    private List<Snapshot> listed() throws CsiException {
        return driver.controller().listSnapshots(ListSnapshotsRequest.getDefaultInstance()).getEntriesList().stream()
                .map(entry -> entry.getSnapshot())
                .toList();
    }

    private static List<String> ids(VolumeGroupSnapshot group) {
        return group.getSnapshotsList().stream().map(Snapshot::getSnapshotId).toList();
    }

    /** The second copy fails. */
    private static final class FailingCopies extends ForwardingDisk {
        private int copies;

        FailingCopies() {
            super(new RealDisk());
        }

        @Override
        public void copyTree(Path from, Path to) throws IOException {
            super.copyTree(from, to);
            copies++;
            if (copies == 2) {
                throw new IOException("bad sector");
            }
        }
    }

    private final class CopiesWhileFrozen extends ForwardingDisk {
        private final List<Integer> frozenMeanwhile = new ArrayList<>();

        CopiesWhileFrozen() {
            super(new RealDisk());
        }

        @Override
        public void copyTree(Path from, Path to) throws IOException {
            if (from.toString().contains("/image/")) {
                frozenMeanwhile.add(mounts.frozen().size());
            }
            super.copyTree(from, to);
        }
    }
}
