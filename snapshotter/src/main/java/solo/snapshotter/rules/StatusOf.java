package solo.snapshotter.rules;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Quantity;
import solo.kube.model.VolumeGroupSnapshot;
import solo.kube.model.VolumeGroupSnapshotContent;
import solo.kube.model.VolumeGroupSnapshotContent.Member;
import solo.kube.model.VolumeSnapshot;
import solo.kube.model.VolumeSnapshotContent;
import solo.snapshotter.model.TakenGroup;
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
    static VolumeSnapshot.Status snapshot(
            VolumeSnapshot.@Nullable Status before,
            VolumeSnapshotContent content,
            @Nullable VolumeGroupSnapshot group) {
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
                status.groupName() == null && group != null && told.groupHandle() != null
                        ? group.key().name()
                        : status.groupName());
    }

    /** What the driver said of one member when it took the group, on the member's content. */
    static VolumeSnapshotContent.Status member(
            VolumeSnapshotContent.@Nullable Status before,
            VolumeGroupSnapshotContent.Member told,
            VolumeGroupSnapshotContent group) {
        VolumeSnapshotContent.Status status = before == null ? VolumeSnapshotContent.Status.EMPTY : before;
        // The list of the group may be older than what the member's own content knows, so no member gets unready by it.
        boolean ready =
                group.ready() || Boolean.TRUE.equals(told.readyToUse()) || Boolean.TRUE.equals(status.readyToUse());
        return new VolumeSnapshotContent.Status(
                first(status.snapshotHandle(), told.snapshotHandle()),
                status.creationTime() == null ? time(told, group) : status.creationTime(),
                status.restoreSize() == null ? told.restoreSize() : status.restoreSize(),
                ready,
                ready ? null : status.error(),
                status.groupHandle() == null ? group.handle() : status.groupHandle());
    }

    private static @Nullable Long time(VolumeGroupSnapshotContent.Member told, VolumeGroupSnapshotContent group) {
        if (told.creationTime() != null) {
            return told.creationTime();
        }
        VolumeGroupSnapshotContent.Status status = group.status();
        return status == null || status.creationTime() == null
                ? null
                : Long.valueOf(status.creationTime().getEpochSecond() * SECOND);
    }

    /** The content's status on its group; every field is compared, so that no error is left behind. */
    static VolumeGroupSnapshot.Status group(
            VolumeGroupSnapshot.@Nullable Status before, VolumeGroupSnapshotContent content) {
        VolumeGroupSnapshot.Status status = before == null ? VolumeGroupSnapshot.Status.EMPTY : before;
        VolumeGroupSnapshotContent.Status told =
                content.status() == null ? VolumeGroupSnapshotContent.Status.EMPTY : content.status();
        return new VolumeGroupSnapshot.Status(
                first(status.boundContentName(), content.key().name()),
                status.creationTime() == null ? told.creationTime() : status.creationTime(),
                content.ready(),
                content.ready() ? null : told.error());
    }

    /**
     * The driver's answer on the content of a group. Handles and times stay, whether the members are ready follows.
     *
     * @param whole whether it has the members that were asked for: one that lacks some is never ready
     */
    static VolumeGroupSnapshotContent.Status groupContent(
            VolumeGroupSnapshotContent.@Nullable Status before, TakenGroup told, boolean whole) {
        VolumeGroupSnapshotContent.Status status = before == null ? VolumeGroupSnapshotContent.Status.EMPTY : before;
        return new VolumeGroupSnapshotContent.Status(
                first(status.handle(), told.handle()),
                first(status.creationTime(), told.creationTime().truncatedTo(ChronoUnit.SECONDS)),
                told.ready() && whole,
                null,
                status.members().isEmpty()
                        ? told.members()
                        : status.members().stream()
                                .map(one -> refreshed(one, told.members()))
                                .toList());
    }

    private static Member refreshed(Member before, List<Member> told) {
        return told.stream()
                .filter(one -> one.snapshotHandle().equals(before.snapshotHandle()))
                .findFirst()
                .map(now -> new Member(
                        before.volumeHandle(),
                        before.snapshotHandle(),
                        before.creationTime() == null ? now.creationTime() : before.creationTime(),
                        now.readyToUse(),
                        before.restoreSize() == null ? now.restoreSize() : before.restoreSize()))
                .orElse(before);
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
