package solo.driver.state;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Snapshots that were made together. Each has a {@link Snapshot} of its own, which exists for callers while the group
 * is {@link Phase#READY}: a group comes and goes as a whole.
 *
 * @param members the ids of its snapshots, by the id of the volume that they are of
 */
public record GroupSnapshot(String id, String name, Phase phase, Instant created, SortedMap<String, String> members)
        implements StateStore.Stored<GroupSnapshot> {

    public GroupSnapshot {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    }

    @Override
    public GroupSnapshot in(Phase phase) {
        return new GroupSnapshot(id, name, phase, created, members);
    }
}
