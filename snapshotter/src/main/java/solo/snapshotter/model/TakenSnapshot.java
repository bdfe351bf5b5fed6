package solo.snapshotter.model;

import org.jspecify.annotations.Nullable;

/**
 * A snapshot as the driver describes it.
 *
 * @param creationTime nanoseconds since 1970
 * @param bytes 0 where the driver does not say
 * @param groupHandle the group it was taken with, or null
 */
public record TakenSnapshot(
        String handle,
        long creationTime,
        long bytes,
        boolean ready,
        @Nullable String groupHandle) {}
