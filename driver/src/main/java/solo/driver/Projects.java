package solo.driver;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import solo.csi.CsiException;
import solo.driver.backend.Backend;
import solo.driver.state.Snapshot;
import solo.driver.state.Volume;

/** That no two volumes or snapshots have the same project, by which a filesystem counts and limits them. */
record Projects(LocalStorage storage) {
    // No volume can have this id.
    private static final String LOCK = "_projects";

    /** Writes down whose the project is. */
    interface Owner<T> {
        T save(long project) throws IOException, CsiException;
    }

    /** With 0 where the backend has no use for projects. */
    <T> T give(Backend backend, String id, Owner<T> owner) throws IOException, CsiException {
        if (!backend.usesProjects()) {
            return owner.save(0);
        }
        var held = storage.locks().hold(LOCK);
        if (held.isEmpty()) {
            throw Refusals.aborted("other volumes are being made; try again");
        }
        try (var _ = held.get()) {
            return owner.save(backend.chooseProject(id, used()));
        }
    }

    private Set<Long> used() throws IOException {
        var used = new HashSet<Long>();
        for (Volume volume : storage.store().all()) {
            used.add(volume.home().project());
        }
        for (Snapshot snapshot : storage.snapshots().all()) {
            used.add(snapshot.project());
        }
        return used;
    }
}
