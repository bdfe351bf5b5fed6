package solo.driver;

import static org.slf4j.LoggerFactory.getLogger;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import solo.driver.backend.Backend;
import solo.driver.state.Phase;
import solo.driver.state.Snapshot;
import solo.driver.state.StateException;

/**
 * What is done at start, because the process before may have been killed anywhere: half-made volumes are undone, since
 * nobody was told of them; half-removed ones are finished; bytes without a volume are set aside, not deleted, since
 * nothing that we do leaves such bytes. One bad volume never keeps the others from working.
 */
final class StateRepair {
    private static final Logger log = getLogger(StateRepair.class);

    private final LocalStorage storage;
    private final VolumeLifecycle lifecycle;

    private final Snapshots snapshots;

    StateRepair(LocalStorage storage, VolumeLifecycle lifecycle, Snapshots snapshots) {
        this.storage = storage;
        this.lifecycle = lifecycle;
        this.snapshots = snapshots;
    }

    void run() throws IOException {
        for (String id : storage.store().unfinished()) {
            ifFree(id, () -> storage.store().discardUnfinished(id));
        }
        var known = new HashSet<>(storage.store().ids());
        for (String id : known) {
            guarded(id, () -> look(id));
        }
        for (Backend backend : storage.backends()) {
            setOrphansAside(backend, known);
        }
        runForSnapshots();
    }

    private void runForSnapshots() throws IOException {
        for (String id : storage.snapshots().unfinished()) {
            ifSnapshotFree(id, () -> storage.snapshots().discardUnfinished(id));
        }
        var known = new HashSet<>(storage.snapshots().ids());
        for (String id : known) {
            guarded(id, () -> {
                if (unfinished(id).isPresent()) {
                    ifSnapshotFree(id, () -> undoOrFinishSnapshot(id));
                }
            });
        }
        for (Backend backend : storage.backends()) {
            for (String id : backend.foundSnapshots()) {
                if (!known.contains(id)) {
                    ifSnapshotFree(id, () -> setSnapshotAside(backend, id));
                }
            }
        }
    }

    private Optional<Snapshot> unfinished(String id) throws IOException {
        return storage.snapshots().find(id).filter(snapshot -> snapshot.phase() != Phase.READY);
    }

    private void undoOrFinishSnapshot(String id) throws IOException {
        // Another process may have come to an end with it before we had the lock.
        var snapshot = unfinished(id);
        if (snapshot.isPresent()) {
            snapshots.remove(snapshot.get());
            boolean halfMade = snapshot.get().phase() == Phase.CREATING;
            log.info("event={} snapshot={}", halfMade ? "HalfMadeSnapshotUndone" : "DeletionFinished", id);
        }
    }

    private void setSnapshotAside(Backend backend, String id) throws IOException {
        // Another process may have begun it since.
        if (!storage.snapshots().ids().contains(id)) {
            backend.setSnapshotAside(id)
                    .ifPresent(path -> log.warn("event=OrphanSetAside snapshot={} path={}", id, path));
        }
    }

    private void look(String id) throws IOException {
        var volume = storage.store().find(id);
        if (volume.isEmpty()) {
            return;
        }
        switch (volume.get().phase()) {
            case CREATING, DELETING -> ifFree(id, () -> undoOrFinish(id));
            case READY ->
                storage.backend(volume.get()).damage(volume.get()).ifPresent(damage -> {
                    log.error("event=VolumeDamaged volume={} reason=\"{}\"", id, damage);
                });
        }
    }

    private void undoOrFinish(String id) throws IOException {
        // Another process may have come to an end with it before we had the lock.
        var volume = storage.store().find(id).filter(found -> found.phase() != Phase.READY);
        if (volume.isPresent()) {
            lifecycle.remove(volume.get());
            boolean halfMade = volume.get().phase() == Phase.CREATING;
            log.info("event={} volume={}", halfMade ? "HalfMadeVolumeUndone" : "DeletionFinished", id);
        }
    }

    private void setOrphansAside(Backend backend, Set<String> known) throws IOException {
        for (String id : backend.found()) {
            if (!known.contains(id)) {
                ifFree(id, () -> {
                    // Another process may have begun it since.
                    if (!storage.store().ids().contains(id)) {
                        backend.setAside(id).ifPresent(path -> {
                            log.warn("event=OrphanSetAside volume={} path={}", id, path);
                        });
                    }
                });
            }
        }
    }

    private interface Repair {
        void run() throws IOException;
    }

    /** A volume whose lock is taken is being worked on by another live process, and none of our business. */
    private void ifFree(String id, Repair repair) {
        ifFree(id, id, repair);
    }

    private void ifSnapshotFree(String id, Repair repair) {
        ifFree(id, LocalStorage.snapshotLock(id), repair);
    }

    private void ifFree(String id, String lock, Repair repair) {
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
