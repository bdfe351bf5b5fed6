package solo.snapshotter.rules;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Quantity;
import solo.kube.model.VolumeSnapshot;
import solo.kube.model.VolumeSnapshotContent;
import solo.snapshotter.model.TakenSnapshot;

/** What does a status say after news came in? Handle, time and size are written once and then stay. */
public final class StatusOf {
    private static final long SECOND = 1_000_000_000L;

    private StatusOf() {}

    /** The driver's answer on a content. An earlier error is over with any answer, also one that says: not ready yet. */
    static VolumeSnapshotContent.Status content(VolumeSnapshotContent.@Nullable Status before, TakenSnapshot told) {
        VolumeSnapshotContent.Status status = before == null ? VolumeSnapshotContent.Status.EMPTY : before;
        return new VolumeSnapshotContent.Status(
                first(status.snapshotHandle(), told.handle()),
                first(status.creationTime(), told.creationTime()),
                status.restoreSize() == null && told.bytes() > 0 ? Long.valueOf(told.bytes()) : status.restoreSize(),
                told.ready(),
                null,
                status.groupHandle() == null ? told.groupHandle() : status.groupHandle());
    }

    /**
     * A content's status on its VolumeSnapshot. Unlike snapshot-controller's it compares every field, so that nothing
     * is written twice and no error is left behind.
     */
    static VolumeSnapshot.Status snapshot(VolumeSnapshot.@Nullable Status before, VolumeSnapshotContent content) {
        VolumeSnapshot.Status status = before == null ? VolumeSnapshot.Status.EMPTY : before;
        VolumeSnapshotContent.Status told =
                content.status() == null ? VolumeSnapshotContent.Status.EMPTY : content.status();
        boolean ready = Boolean.TRUE.equals(told.readyToUse());
        return new VolumeSnapshot.Status(
                first(status.boundContentName(), content.key().name()),
                status.creationTime() == null ? instant(told.creationTime()) : status.creationTime(),
                ready,
                size(status.restoreSize(), told.restoreSize()),
                ready ? null : told.error(),
                status.groupName());
    }

    private static @Nullable Quantity size(@Nullable Quantity before, @Nullable Long bytes) {
        boolean unknown = before == null || (before.bytes() == 0 && bytes != null && bytes > 0);
        return unknown && bytes != null ? Quantity.ofBytes(bytes) : before;
    }

    /** status.creationTime of a VolumeSnapshot has whole seconds. */
    private static @Nullable Instant instant(@Nullable Long nanos) {
        return nanos == null ? null : Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND));
    }

    private static <T> T first(@Nullable T before, T told) {
        return before == null ? told : before;
    }
}
