package solo.driver.state;

import java.time.Instant;

/**
 * A copy of a volume as it was, which does not need the volume any more.
 *
 * @param capacityBytes of the volume at that time; a volume made from the snapshot has at least as many
 * @param created when the copy was begun
 * @param group id of the group that it was made in, empty for none; such a snapshot is as far as its group
 * @param project by which its filesystem counts it; 0 for none
 */
public record Snapshot(
        String id,
        String name,
        String sourceVolume,
        String backend,
        Phase phase,
        long capacityBytes,
        Instant created,
        String group,
        long project)
        implements StateStore.Stored<Snapshot> {

    /** One of no project. */
    public Snapshot(
            String id,
            String name,
            String sourceVolume,
            String backend,
            Phase phase,
            long capacityBytes,
            Instant created,
            String group) {
        this(id, name, sourceVolume, backend, phase, capacityBytes, created, group, 0);
    }

    public Snapshot ofProject(long project) {
        return new Snapshot(id, name, sourceVolume, backend, phase, capacityBytes, created, group, project);
    }

    @Override
    public Snapshot in(Phase phase) {
        return new Snapshot(id, name, sourceVolume, backend, phase, capacityBytes, created, group, project);
    }
}
