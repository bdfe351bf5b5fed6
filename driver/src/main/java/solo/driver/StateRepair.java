package solo.driver;

import static org.slf4j.LoggerFactory.getLogger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import solo.driver.backend.Backend;
import solo.driver.state.GroupSnapshot;
import solo.driver.state.Phase;
import solo.driver.state.Snapshot;
import solo.driver.state.StateException;
import solo.driver.state.StateStore;
import solo.driver.state.StateStore.Stored;
import solo.driver.state.Volume;

/**
 * What is done at start, because the process before may have been killed anywhere: half-made volumes, snapshots and
 * groups are undone, since nobody was told of them; half-removed ones are finished; bytes without a volume or snapshot
 * are set aside, not deleted, since nothing that we do leaves such bytes. One bad volume never keeps the others from
 * working.
 */
final class StateRepair {
    private static final Logger log = getLogger(StateRepair.class);

    private final LocalStorage storage;
    private final WriteAhead<Volume> volumes;
    private final WriteAhead<Snapshot> snapshots;
    private final WriteAhead<GroupSnapshot> groups;

    StateRepair(
            LocalStorage storage,
            WriteAhead<Volume> volumes,
            WriteAhead<Snapshot> snapshots,
            WriteAhead<GroupSnapshot> groups) {
        this.storage = storage;
        this.volumes = volumes;
        this.snapshots = snapshots;
        this.groups = groups;
    }

    /**
     * What volumes, snapshots and groups have in common.
     *
     * @param word for the log
     * @param undone the event when a half-made one is undone
     * @param lock the lock of an id
     * @param check of one that is ready
     */
    private record Sort<R extends Stored<R>>(
            String word,
            String undone,
            WriteAhead<R> records,
            UnaryOperator<String> lock,
            Step<R> check,
            Found found,
            Aside aside) {
        StateStore<R> store() {
            return records.store();
        }
    }

    private interface Step<R> {
        void run(R record) throws IOException;
    }

    private interface Found {
        List<String> in(Backend backend) throws IOException;
    }

    private interface Aside {
        Optional<Path> set(Backend backend, String id) throws IOException;
    }

    void run() throws IOException {
        repair(new Sort<>(
                "volume",
                "HalfMadeVolumeUndone",
                volumes,
                UnaryOperator.identity(),
                this::look,
                Backend::found,
                Backend::setAside));
        // A group goes with its members, whose bytes are those of snapshots.
        repair(new Sort<>(
                "group",
                "HalfMadeGroupSnapshotUndone",
                groups,
                LocalStorage::groupLock,
                _ -> {},
                _ -> List.of(),
                (_, _) -> Optional.empty()));
        repair(new Sort<>(
                "snapshot",
                "HalfMadeSnapshotUndone",
                snapshots,
                LocalStorage::snapshotLock,
                _ -> {},
                Backend::foundSnapshots,
                Backend::setSnapshotAside));
    }

    private <R extends Stored<R>> void repair(Sort<R> sort) throws IOException {
        for (String id : sort.store().unfinished()) {
            ifFree(sort, id, () -> sort.store().discardUnfinished(id));
        }
        var known = new HashSet<>(sort.store().ids());
        for (String id : known) {
            guarded(id, () -> look(sort, id));
        }
        for (Backend backend : storage.backends()) {
            for (String id : sort.found().in(backend)) {
                if (!known.contains(id)) {
                    ifFree(sort, id, () -> setAside(sort, backend, id));
                }
            }
        }
    }

    private <R extends Stored<R>> void look(Sort<R> sort, String id) throws IOException {
        var found = sort.store().find(id);
        if (found.isEmpty()) {
            return;
        }
        switch (found.get().phase()) {
            case CREATING, DELETING -> ifFree(sort, id, () -> undoOrFinish(sort, id));
            case READY -> sort.check().run(found.get());
        }
    }

    private void look(Volume volume) throws IOException {
        if (!volume.mutableParameters().isEmpty() || volume.home().project() != 0) {
            // Another process may be changing it.
            ifFree(volume.id(), volume.id(), () -> doAgain(volume.id()));
        }
        reportDamage(volume);
    }

    /** A kill may have come between the record of a change and the change. */
    private void doAgain(String id) throws IOException {
        Optional<Volume> volume = storage.store().ready(id);
        if (volume.isPresent()) {
            storage.backend(volume.get()).repair(volume.get());
        }
    }

    private void reportDamage(Volume volume) throws IOException {
        storage.backend(volume).damage(volume).ifPresent(damage -> {
            log.error("event=VolumeDamaged volume={} reason=\"{}\"", volume.id(), damage);
        });
    }

    private static <R extends Stored<R>> void undoOrFinish(Sort<R> sort, String id) throws IOException {
        // Another process may have come to an end with it before we had the lock.
        var halfway = sort.store().halfway(id);
        if (halfway.isPresent()) {
            sort.records().remove(halfway.get());
            boolean halfMade = halfway.get().phase() == Phase.CREATING;
            log.info("event={} {}={}", halfMade ? sort.undone() : "DeletionFinished", sort.word(), id);
        }
    }

    private static <R extends Stored<R>> void setAside(Sort<R> sort, Backend backend, String id) throws IOException {
        // Another process may have begun it since.
        if (!sort.store().ids().contains(id)) {
            sort.aside()
                    .set(backend, id)
                    .ifPresent(path -> log.warn("event=OrphanSetAside {}={} path={}", sort.word(), id, path));
        }
    }

    private interface Repair {
        void run() throws IOException;
    }

    /** What is locked is being worked on by another live process, and none of our business. */
    private void ifFree(Sort<?> sort, String id, Repair repair) {
        ifFree(sort.lock().apply(id), id, repair);
    }

    private void ifFree(String lock, String id, Repair repair) {
        guarded(id, () -> {
            var held = storage.locks().holdAtOnce(lock);
            if (held.isPresent()) {
                try (var _ = held.get()) {
                    repair.run();
                }
            }
        });
    }

    private static void guarded(String id, Repair repair) {
        try {
            repair.run();
        } catch (StateException unreadable) {
            log.error("event=StateUnreadable id={} reason=\"{}\"", id, unreadable.getMessage());
        } catch (IOException failure) {
            log.error("event=RepairFailed id={} reason=\"{}\"", id, failure.toString());
        }
    }
}
