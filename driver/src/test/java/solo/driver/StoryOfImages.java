package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import csi.v1.CapacityRange;
import csi.v1.ControllerExpandVolumeRequest;
import csi.v1.ControllerModifyVolumeRequest;
import csi.v1.CreateSnapshotRequest;
import csi.v1.CreateVolumeGroupSnapshotRequest;
import csi.v1.DeleteSnapshotRequest;
import csi.v1.DeleteVolumeGroupSnapshotRequest;
import csi.v1.ListSnapshotsRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import solo.csi.CsiException;
import solo.driver.mount.LoopDevices.Backed;
import solo.driver.mount.MountPoint;
import solo.driver.mount.Mounts;
import solo.driver.state.Disk;
import solo.driver.state.VolumeIds;

/**
 * The life of some volumes of the backend image, from the first call to the last, on the node too. Whenever it was
 * interrupted and is told on, nothing may be left at its end.
 */
final class StoryOfImages {
    private interface Call {
        void make(ImageRequests images) throws CsiException;
    }

    private record Chapter(String title, Call call) {}

    private final List<Chapter> chapters = new ArrayList<>();
    private final Path directory;
    private final String fsType;
    private final long bytes;
    private int next;

    /** When a volume that is mounted shows its new size. */
    enum Growth {
        WHILE_MOUNTED,
        AT_THE_NEXT_MOUNT
    }

    StoryOfImages(Path directory, String fsType, long bytes, Growth growth) {
        this.directory = directory;
        this.fsType = fsType;
        this.bytes = bytes;
        create("a");
        stage("a");
        publish("a", "pod-a");
        chapter(
                "snapshot s",
                images -> images.driver()
                        .controller()
                        .createSnapshot(CreateSnapshotRequest.newBuilder()
                                .setName("s")
                                .setSourceVolumeId("a")
                                .build()));
        expand("a", "pod-a", growth);
        modify("a");
        chapter(
                "create b",
                images -> images.driver()
                        .controller()
                        .createVolume(images.restoring("b", "s").build()));
        chapter(
                "create c",
                images -> images.driver()
                        .controller()
                        .createVolume(images.cloning("c", "a")
                                .setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(2 * bytes))
                                .build()));
        stage("c");
        chapter(
                "delete-snapshot s",
                images -> images.driver()
                        .controller()
                        .deleteSnapshot(DeleteSnapshotRequest.newBuilder()
                                .setSnapshotId("s")
                                .build()));
        chapter(
                "group g",
                images -> images.driver()
                        .driver()
                        .groupController()
                        .createVolumeGroupSnapshot(CreateVolumeGroupSnapshotRequest.newBuilder()
                                .setName("g")
                                .addSourceVolumeIds("a")
                                .addSourceVolumeIds("c")
                                .build()));
        chapter(
                "delete-group g",
                images -> images.driver()
                        .driver()
                        .groupController()
                        .deleteVolumeGroupSnapshot(DeleteVolumeGroupSnapshotRequest.newBuilder()
                                .setGroupSnapshotId("g")
                                .addSnapshotIds(VolumeIds.ofMember("g", "a"))
                                .addSnapshotIds(VolumeIds.ofMember("g", "c"))
                                .build()));
        chapter("unpublish a", images -> images.driver().unpublish("a", "pod-a"));
        unstage("a");
        unstage("c");
        for (String id : List.of("a", "b", "c")) {
            chapter("delete " + id, images -> images.driver().delete(id));
        }
    }

    /** Goes on where it was interrupted, with the interrupted call again. */
    void tell(Disk disk, Mounts mounts) throws IOException, CsiException {
        var driver = open(disk, mounts);
        while (next < chapters.size()) {
            chapters.get(next).call().make(new ImageRequests(driver, fsType, bytes));
            next++;
        }
    }

    /** The title of the interrupted call. */
    String interruptedAt() {
        return next == chapters.size() ? "the end" : chapters.get(next).title();
    }

    /** To be asked after a restart. */
    void nothingIsOrphaned(Disk disk, Mounts mounts) throws IOException, CsiException {
        var driver = open(disk, mounts);
        assertThat(names("state/image")).as("images").isEqualTo(driver.listed());
        assertThat(names("state/image-snapshots"))
                .as("images of snapshots")
                .isEqualTo(
                        driver
                                .controller()
                                .listSnapshots(ListSnapshotsRequest.getDefaultInstance())
                                .getEntriesList()
                                .stream()
                                .map(entry -> entry.getSnapshot().getSnapshotId())
                                .toList());
        assertThat(names("state/set-aside")).as("orphans").isEmpty();
        boolean mayBeHalfStaged = interruptedAt().contains("stage");
        for (Backed loop : loops(mounts)) {
            assertThat(mayBeHalfStaged || shown(loop, mounts))
                    .as("use of %s", loop)
                    .isTrue();
        }
    }

    private static boolean shown(Backed loop, Mounts mounts) throws IOException {
        var table = mounts.table();
        return !table.ofDevice(loop.device()).isEmpty()
                || !table.showing(table.originOf(loop.device())).isEmpty();
    }

    void nothingIsLeft(Mounts mounts) throws IOException {
        assertThat(mounts.table().below(directory)).extracting(MountPoint::path).isEmpty();
        // The kernel may take a moment after the last unmount.
        await("loop devices to go")
                .atMost(Duration.ofMinutes(1))
                .until(() -> loops(mounts).isEmpty());
        for (String name :
                List.of("state/image", "state/image-snapshots", "state/volumes", "state/snapshots", "state/groups")) {
            assertThat(names(name)).as(name).isEmpty();
        }
        assertThat(names("kubelet")).as("what the kubelet itself removes").containsExactly("staging-a", "staging-c");
        assertThat(names("kubelet/staging-a")).isEmpty();
        assertThat(names("kubelet/staging-c")).isEmpty();
    }

    private TestDriver open(Disk disk, Mounts mounts) throws IOException {
        Files.createDirectories(directory.resolve("kubelet"));
        return new TestDriver(LocalDriver.open(TestDriver.options(directory), disk, mounts), directory);
    }

    private List<Backed> loops(Mounts mounts) throws IOException {
        return mounts.loops().attached().stream()
                .filter(loop -> loop.file().startsWith(directory + "/"))
                .toList();
    }

    private void chapter(String title, Call call) {
        chapters.add(new Chapter(title, call));
    }

    private void create(String id) {
        chapter(
                "create " + id,
                images -> images.driver()
                        .controller()
                        .createVolume(images.creation(id).build()));
    }

    private void stage(String id) {
        chapter(
                "stage " + id,
                images -> images.driver()
                        .node()
                        .nodeStageVolume(images.staging(id).build()));
    }

    private void unstage(String id) {
        chapter("unstage " + id, images -> images.driver().unstage(id));
    }

    private void publish(String id, String target) {
        chapter(
                "publish " + id,
                images -> images.driver()
                        .node()
                        .nodePublishVolume(images.publication(id, target).build()));
    }

    private void expand(String id, String target, Growth growth) {
        chapter(
                "expand " + id,
                images -> images.driver()
                        .controller()
                        .controllerExpandVolume(ControllerExpandVolumeRequest.newBuilder()
                                .setVolumeId(id)
                                .setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(2 * bytes))
                                .build()));
        if (growth == Growth.WHILE_MOUNTED) {
            chapter(
                    "expand on the node " + id,
                    images -> images.driver()
                            .node()
                            .nodeExpandVolume(
                                    images.expansion(id, target, 2 * bytes).build()));
        }
    }

    /** What this sort of volume shows at once. */
    private void modify(String id) {
        String parameter = fsType.equals("btrfs") ? "discard" : "readAheadKiB";
        chapter(
                "modify " + id,
                images -> images.driver()
                        .controller()
                        .controllerModifyVolume(ControllerModifyVolumeRequest.newBuilder()
                                .setVolumeId(id)
                                .putMutableParameters(parameter, parameter.equals("discard") ? "false" : "256")
                                .build()));
    }

    private List<String> names(String name) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(name))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
