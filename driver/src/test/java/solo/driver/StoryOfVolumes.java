package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;

import csi.v1.CapacityRange;
import csi.v1.ControllerExpandVolumeRequest;
import csi.v1.ControllerGetVolumeRequest;
import csi.v1.ControllerModifyVolumeRequest;
import csi.v1.ControllerUnpublishVolumeRequest;
import csi.v1.CreateSnapshotRequest;
import csi.v1.CreateVolumeGroupSnapshotRequest;
import csi.v1.DeleteSnapshotRequest;
import csi.v1.DeleteVolumeGroupSnapshotRequest;
import csi.v1.DeleteVolumeRequest;
import csi.v1.ListSnapshotsRequest;
import csi.v1.ListVolumesRequest;
import csi.v1.ValidateVolumeCapabilitiesRequest;
import csi.v1.VolumeCapability.AccessMode.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import solo.csi.CsiException;
import solo.driver.mount.Mounts;
import solo.driver.state.Disk;
import solo.driver.state.VolumeIds;

/**
 * A fixed sequence of calls, and what their callers were promised up to the call that was interrupted. After a restart
 * every promise must hold, and nothing may be there that was never promised.
 */
final class StoryOfVolumes {
    private static final long GIB = TestDriver.GIB;

    private interface Call {
        void make(LocalDriver driver) throws CsiException;
    }

    private record Chapter(String title, Call call, Runnable promise) {}

    /** Sizes of the volumes that callers know of, by id. */
    private final Map<String, Long> promised = new TreeMap<>();

    /** The content of the volumes' file, by id. */
    private final Map<String, String> contents = new TreeMap<>();

    /** The content of the snapshots that callers know of, by id. */
    private final Map<String, String> snapshots = new TreeMap<>();

    /** Ids of the group snapshots that callers know of. */
    private final Set<String> groups = new HashSet<>();

    /** Ids of the volumes that were told to leave access times alone. */
    private final Set<String> modified = new HashSet<>();

    private final List<Chapter> chapters = new ArrayList<>();
    private final Path directory;
    private final PodSync podSync;
    private int next;

    /** A pod has written this file and synced it. */
    interface PodSync {
        void synced(Path file) throws IOException;
    }

    StoryOfVolumes(Path directory) {
        this(directory, _ -> {});
    }

    StoryOfVolumes(Path directory, PodSync podSync) {
        this.directory = directory;
        this.podSync = podSync;
        create("a");
        create("b");
        attach("a");
        expand("a");
        create("c");
        modify("a");
        detach("a");
        snapshot("s", "b");
        snapshot("t", "a");
        group("g", "b", "c");
        delete("b");
        restore("d", "s", "b");
        deleteSnapshot("s");
        create("b");
        deleteGroup("g", "b", "c");
        delete("a");
    }

    static LocalDriverOptions options(Path directory) {
        return TestDriver.options(directory)
                .with(Set.of(LocalDriverOptions.Feature.ATTACH, LocalDriverOptions.Feature.TOPOLOGY))
                .withPoolCapacityBytes(20 * GIB);
    }

    /** Goes on where it was interrupted, with the interrupted call again; ends early when the disk does. */
    void tell(Disk disk, Mounts mounts) throws IOException, CsiException {
        LocalDriver driver = LocalDriver.open(options(directory), disk, mounts);
        while (next < chapters.size()) {
            Chapter chapter = chapters.get(next);
            chapter.call().make(driver);
            chapter.promise().run();
            next++;
        }
    }

    boolean toldToTheEnd() {
        return next == chapters.size();
    }

    /** The title of the interrupted call. */
    String interruptedAt() {
        return toldToTheEnd() ? "the end" : chapters.get(next).title();
    }

    /** To be asked after a restart. */
    void nothingIsLostOrOrphaned(LocalDriver driver) throws IOException, CsiException {
        // The interrupted call may have come to its end or not; its caller asks again.
        Set<String> perhaps = interrupted("create", "delete");
        Set<String> perhapsLarger = interrupted("expand");
        var listed = new HashSet<String>();
        driver.controller()
                .listVolumes(ListVolumesRequest.getDefaultInstance())
                .getEntriesList()
                .forEach(entry -> listed.add(entry.getVolume().getVolumeId()));
        var expected = new HashSet<>(promised.keySet());
        assertThat(withoutAll(listed, perhaps)).as("volumes").isEqualTo(withoutAll(expected, perhaps));
        assertThat(names("dir")).as("directories of volumes").isEqualTo(listed);
        assertThat(names("volumes"))
                .as("state files")
                .isEqualTo(listed.stream().map(id -> id + ".volume").collect(Collectors.toSet()));
        assertThat(names("set-aside")).as("orphans").isEmpty();
        for (Map.Entry<String, Long> volume : promised.entrySet()) {
            if (!perhaps.contains(volume.getKey())) {
                long bytes = driver.controller()
                        .controllerGetVolume(ControllerGetVolumeRequest.newBuilder()
                                .setVolumeId(volume.getKey())
                                .build())
                        .getVolume()
                        .getCapacityBytes();
                assertThat(bytes)
                        .as("size of " + volume.getKey())
                        .isIn(volume.getValue(), perhapsLarger.contains(volume.getKey()) ? 2 * GIB : volume.getValue());
                assertThat(path("dir").resolve(volume.getKey()).resolve("file"))
                        .hasContent(contents.getOrDefault(volume.getKey(), volume.getKey()));
            }
        }
        for (String id : withoutAll(modified, perhaps)) {
            assertThat(driver.controller()
                            .validateVolumeCapabilities(ValidateVolumeCapabilitiesRequest.newBuilder()
                                    .setVolumeId(id)
                                    .addVolumeCapabilities(TestDriver.mount(Mode.SINGLE_NODE_WRITER))
                                    .putMutableParams("atime", "noatime")
                                    .build())
                            .hasConfirmed())
                    .as("what %s was told", id)
                    .isTrue();
        }
        theSameIsTrueOfSnapshots(driver);
    }

    private void theSameIsTrueOfSnapshots(LocalDriver driver) throws IOException, CsiException {
        Set<String> perhaps = interrupted("snapshot", "delete-snapshot");
        Set<String> perhapsGroups = interrupted("group", "delete-group");
        if (!perhapsGroups.isEmpty()) {
            perhaps = Set.of(VolumeIds.ofMember("g", "b"), VolumeIds.ofMember("g", "c"));
            assertThat(names("groups").size() * perhaps.size())
                    .as("a group comes and goes as a whole")
                    .isEqualTo((int) perhaps.stream()
                            .filter(names("dir-snapshots")::contains)
                            .count());
        } else {
            assertThat(names("groups"))
                    .as("state files of groups")
                    .isEqualTo(groups.stream().map(id -> id + ".group").collect(Collectors.toSet()));
        }
        var listed = new HashSet<String>();
        driver.controller()
                .listSnapshots(ListSnapshotsRequest.getDefaultInstance())
                .getEntriesList()
                .forEach(entry -> listed.add(entry.getSnapshot().getSnapshotId()));
        assertThat(withoutAll(listed, perhaps)).as("snapshots").isEqualTo(withoutAll(snapshots.keySet(), perhaps));
        assertThat(names("dir-snapshots")).as("directories of snapshots").isEqualTo(listed);
        assertThat(names("snapshots"))
                .as("state files of snapshots")
                .isEqualTo(listed.stream().map(id -> id + ".snapshot").collect(Collectors.toSet()));
        for (Map.Entry<String, String> snapshot : snapshots.entrySet()) {
            if (!perhaps.contains(snapshot.getKey())) {
                assertThat(path("dir-snapshots").resolve(snapshot.getKey()).resolve("file"))
                        .hasContent(snapshot.getValue());
            }
        }
    }

    /** The volume of the interrupted call, if that call was one of these. */
    private Set<String> interrupted(String... verbs) {
        String[] words = interruptedAt().split(" ", 2);
        return List.of(verbs).contains(words[0]) ? Set.of(words[1]) : Set.of();
    }

    private void create(String id) {
        chapters.add(new Chapter(
                "create " + id,
                driver ->
                        driver.controller().createVolume(TestDriver.creation(id).build()),
                () -> {
                    promised.put(id, GIB);
                    podWrites(id);
                }));
    }

    private void snapshot(String id, String volume) {
        chapters.add(new Chapter(
                "snapshot " + id,
                driver -> driver.controller()
                        .createSnapshot(CreateSnapshotRequest.newBuilder()
                                .setName(id)
                                .setSourceVolumeId(volume)
                                .build()),
                () -> snapshots.put(id, volume)));
    }

    /** A member holds what its volume is called. */
    private void group(String id, String... volumes) {
        chapters.add(new Chapter(
                "group " + id,
                driver -> driver.groupController()
                        .createVolumeGroupSnapshot(CreateVolumeGroupSnapshotRequest.newBuilder()
                                .setName(id)
                                .addAllSourceVolumeIds(List.of(volumes))
                                .build()),
                () -> {
                    groups.add(id);
                    for (String volume : volumes) {
                        snapshots.put(VolumeIds.ofMember(id, volume), volume);
                    }
                }));
    }

    private void deleteGroup(String id, String... volumes) {
        List<String> members =
                Stream.of(volumes).map(volume -> VolumeIds.ofMember(id, volume)).toList();
        chapters.add(new Chapter(
                "delete-group " + id,
                driver -> driver.groupController()
                        .deleteVolumeGroupSnapshot(DeleteVolumeGroupSnapshotRequest.newBuilder()
                                .setGroupSnapshotId(id)
                                .addAllSnapshotIds(members)
                                .build()),
                () -> {
                    groups.remove(id);
                    members.forEach(snapshots::remove);
                }));
    }

    private void restore(String id, String snapshot, String content) {
        chapters.add(new Chapter(
                "create " + id,
                driver -> driver.controller()
                        .createVolume(TestDriver.restoring(id, snapshot).build()),
                () -> {
                    promised.put(id, GIB);
                    contents.put(id, content);
                }));
    }

    private void deleteSnapshot(String id) {
        chapters.add(new Chapter(
                "delete-snapshot " + id,
                driver -> driver.controller()
                        .deleteSnapshot(DeleteSnapshotRequest.newBuilder()
                                .setSnapshotId(id)
                                .build()),
                () -> snapshots.remove(id)));
    }

    private void delete(String id) {
        chapters.add(new Chapter(
                "delete " + id,
                driver -> driver.controller()
                        .deleteVolume(
                                DeleteVolumeRequest.newBuilder().setVolumeId(id).build()),
                () -> {
                    promised.remove(id);
                    modified.remove(id);
                }));
    }

    private void expand(String id) {
        chapters.add(new Chapter(
                "expand " + id,
                driver -> driver.controller()
                        .controllerExpandVolume(ControllerExpandVolumeRequest.newBuilder()
                                .setVolumeId(id)
                                .setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(2 * GIB))
                                .build()),
                () -> promised.put(id, 2 * GIB)));
    }

    private void modify(String id) {
        chapters.add(new Chapter(
                "modify " + id,
                driver -> driver.controller()
                        .controllerModifyVolume(ControllerModifyVolumeRequest.newBuilder()
                                .setVolumeId(id)
                                .putMutableParameters("atime", "noatime")
                                .build()),
                () -> modified.add(id)));
    }

    private void attach(String id) {
        chapters.add(new Chapter(
                "attach " + id,
                driver -> driver.controller()
                        .controllerPublishVolume(TestDriver.attachment(id).build()),
                () -> {}));
    }

    private void detach(String id) {
        chapters.add(new Chapter(
                "detach " + id,
                driver -> driver.controller()
                        .controllerUnpublishVolume(ControllerUnpublishVolumeRequest.newBuilder()
                                .setVolumeId(id)
                                .build()),
                () -> {}));
    }

    private void podWrites(String id) {
        try {
            podSync.synced(Files.writeString(path("dir").resolve(id).resolve("file"), id));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Set<String> withoutAll(Set<String> all, Set<String> some) {
        var rest = new HashSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    private Path path(String name) {
        return directory.resolve("state").resolve(name);
    }

    private Set<String> names(String name) throws IOException {
        try (Stream<Path> files = Files.list(path(name))) {
            return new HashSet<>(
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }
}
