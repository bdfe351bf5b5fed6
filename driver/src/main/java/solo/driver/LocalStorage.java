package solo.driver;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import solo.csi.CsiException;
import solo.driver.backend.Backend;
import solo.driver.backend.DirBackend;
import solo.driver.backend.ImageBackend;
import solo.driver.mount.Mounts;
import solo.driver.state.Disk;
import solo.driver.state.GroupSnapshot;
import solo.driver.state.Snapshot;
import solo.driver.state.StateLocks;
import solo.driver.state.StateStore;
import solo.driver.state.Volume;
import solo.driver.state.VolumeIds;
import solo.driver.state.VolumeSpec;

/** What the services of the driver share. None of it remembers anything: the disk and the mount table do. */
record LocalStorage(
        LocalDriverOptions options,
        StateStore<Volume> store,
        StateStore<Snapshot> snapshots,
        StateStore<GroupSnapshot> groups,
        StateLocks locks,
        List<Backend> backends,
        Mounts mounts) {

    /** How long a call waits for another one about the same volume before it answers ABORTED. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    LocalStorage {
        backends = List.copyOf(backends);
    }

    /** In the state directory of the options, which exists and is no link. */
    static LocalStorage open(LocalDriverOptions options, Disk disk, Mounts mounts) throws IOException {
        Path directory = options.stateDirectory();
        return new LocalStorage(
                options,
                StateStore.volumes(directory, disk),
                StateStore.snapshots(directory, disk),
                StateStore.groups(directory, disk),
                StateLocks.open(directory, disk, PATIENCE),
                List.of(DirBackend.open(directory, disk, mounts), ImageBackend.open(directory, disk, mounts)),
                mounts);
    }

    /** Something that the disk or the caller's request may stop. */
    interface Step<T> {
        T run() throws IOException, CsiException;
    }

    /** Runs the step; what the disk says becomes an answer. */
    static <T> T answering(Step<T> step) throws CsiException {
        try {
            return step.run();
        } catch (IOException failure) {
            throw Refusals.failed(failure);
        }
    }

    /** Runs the step while no other call, in this process or another, is about the same volume. */
    <T> T alone(String id, Step<T> step) throws CsiException {
        return alone("volume", id, id, step);
    }

    /** The same for a snapshot. */
    <T> T aloneWithSnapshot(String id, Step<T> step) throws CsiException {
        return alone("snapshot", id, snapshotLock(id), step);
    }

    /** The same for a group of snapshots. */
    <T> T aloneWithGroup(String id, Step<T> step) throws CsiException {
        return alone("group snapshot", id, groupLock(id), step);
    }

    /** No volume can have this id. */
    static String snapshotLock(String id) {
        return "s_" + id;
    }

    /** Nor this one. */
    static String groupLock(String id) {
        return "g_" + id;
    }

    private <T> T alone(String what, String id, String lock, Step<T> step) throws CsiException {
        return answering(() -> {
            if (!VolumeIds.wellFormed(id)) {
                // Nothing with such an id can exist, so there is nothing to lock.
                return step.run();
            }
            var held = locks.hold(lock);
            if (held.isEmpty()) {
                throw Refusals.aborted("another call for " + what + " " + id + " is under way");
            }
            try (var _ = held.get()) {
                return step.run();
            }
        });
    }

    /** The volume, if it exists for callers. */
    Optional<Volume> ready(String id) throws IOException {
        return store.ready(id);
    }

    Volume require(String id) throws IOException, CsiException {
        return ready(id).orElseThrow(() -> Refusals.noVolume(id));
    }

    /** The snapshot, if it exists for callers: one of a group comes and goes with the group. */
    Optional<Snapshot> readySnapshot(String id) throws IOException {
        Optional<Snapshot> found = snapshots.ready(id);
        boolean exists = found.isPresent()
                && (found.get().group().isEmpty()
                        || groups.ready(found.get().group()).isPresent());
        return exists ? found : Optional.empty();
    }

    Backend backend(Volume volume) throws IOException {
        return backend(volume.id(), volume.spec());
    }

    Backend backend(String volumeId, VolumeSpec spec) throws IOException {
        return named("volume " + volumeId, spec.backend());
    }

    Backend backend(Snapshot snapshot) throws IOException {
        return named("snapshot " + snapshot.id(), snapshot.backend());
    }

    private Backend named(String whose, String name) throws IOException {
        return named(name, backends)
                .orElseThrow(() -> new IOException(
                        whose + " uses the backend " + name + ", which this version of Solo does not have"));
    }

    private static Optional<Backend> named(String name, Collection<Backend> backends) {
        return backends.stream().filter(backend -> backend.name().equals(name)).findFirst();
    }
}
