package solo.snapshotter.model;

import org.jspecify.annotations.Nullable;
import solo.kube.model.VolumeGroupSnapshot;

/**
 * The group that a snapshot is part of.
 *
 * @param known null where the cache has none, or not that very one
 */
public record GroupOfSnapshot(Standing standing, @Nullable VolumeGroupSnapshot known) {
    public static final GroupOfSnapshot NONE = new GroupOfSnapshot(Standing.ALONE, null);

    /** A snapshot that is being deleted goes only after its group. */
    public enum Standing {
        /** It is part of no group. */
        ALONE,
        STANDS,
        /** The group is being deleted, too. */
        GOES,
        /** The cache has no such group. */
        NOT_SEEN,
        /** The API server says that there is none, or only a namesake. */
        GONE
    }
}
