package solo.app.explain;

import org.jspecify.annotations.Nullable;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectMeta;
import solo.kube.model.Reason;
import solo.kube.model.StatusError;
import solo.kube.model.VolumeGroupSnapshotContent;
import solo.kube.model.VolumeSnapshotContent;
import solo.snapshotter.model.ContentReason;
import solo.snapshotter.model.GroupContentReason;
import solo.snapshotter.model.GroupNames;
import solo.snapshotter.model.SnapshotNames;

/**
 * What a VolumeSnapshotContent and a VolumeGroupSnapshotContent have in common.
 *
 * @param driver whose it is
 * @param handle what the driver calls it, once its half has said so; null until then
 * @param imported what the driver calls one that it has already; null for one that it is to take
 * @param error what went wrong last, or null
 * @param snapshot the VolumeSnapshot or VolumeGroupSnapshot that it refers to; null for none
 * @param snapshotUid empty until it is bound
 */
record ExplainedContent(
        ObjectMeta meta,
        Words words,
        String driver,
        String deletionPolicy,
        Source source,
        @Nullable String handle,
        @Nullable String imported,
        boolean ready,
        @Nullable StatusError error,
        @Nullable ObjectKey snapshot,
        String snapshotUid) {

    enum Source {
        NAMED,
        /** Nothing, or a volume and a snapshot at once. */
        MALFORMED
    }

    /** What belongs to it is called so. */
    enum Words {
        SNAPSHOT(
                "VolumeSnapshot",
                "snapshot",
                "a volume or a snapshot",
                "CreateSnapshot",
                "DeleteSnapshot",
                "ListSnapshots",
                SnapshotNames.BEING_CREATED,
                SnapshotNames.BEING_DELETED),
        GROUP(
                "VolumeGroupSnapshot",
                "group snapshot",
                "volumes or a group snapshot",
                "CreateVolumeGroupSnapshot",
                "DeleteVolumeGroupSnapshot",
                "GetVolumeGroupSnapshot",
                GroupNames.BEING_CREATED,
                GroupNames.BEING_DELETED);

        final String kind;
        final String spoken;
        final String sources;
        final String take;
        final String delete;
        final String lookUp;
        final String beingCreated;
        final String beingDeleted;

        Words(
                String kind,
                String spoken,
                String sources,
                String take,
                String delete,
                String lookUp,
                String beingCreated,
                String beingDeleted) {
            this.kind = kind;
            this.spoken = spoken;
            this.sources = sources;
            this.take = take;
            this.delete = delete;
            this.lookUp = lookUp;
            this.beingCreated = beingCreated;
            this.beingDeleted = beingDeleted;
        }

        /** The field of a snapshot that names a content to import. */
        String contentField() {
            return Character.toLowerCase(kind.charAt(0)) + kind.substring(1) + "ContentName";
        }

        /** The reason of the events that tell why it was not deleted. */
        String notDeletedEvent() {
            return kind.substring("Volume".length()) + "DeleteError";
        }
    }

    static ExplainedContent of(VolumeSnapshotContent content) {
        VolumeSnapshotContent.Source source = content.source();
        return new ExplainedContent(
                content.meta(),
                Words.SNAPSHOT,
                content.driver(),
                content.deletionPolicy(),
                (source.volumeHandle() == null) == (source.snapshotHandle() == null) ? Source.MALFORMED : Source.NAMED,
                content.snapshotHandle(),
                source.snapshotHandle(),
                content.ready(),
                content.status() == null ? null : content.status().error(),
                content.snapshot(),
                content.snapshotUid());
    }

    static ExplainedContent of(VolumeGroupSnapshotContent content) {
        VolumeGroupSnapshotContent.Handles handles = content.source().handles();
        return new ExplainedContent(
                content.meta(),
                Words.GROUP,
                content.driver(),
                content.deletionPolicy(),
                content.source().volumeHandles().isEmpty() == (handles == null) ? Source.MALFORMED : Source.NAMED,
                content.handle(),
                handles == null ? null : handles.group(),
                content.ready(),
                content.status() == null ? null : content.status().error(),
                content.group(),
                content.groupUid());
    }

    Reason stillBound() {
        return switch (words) {
            case SNAPSHOT -> new ContentReason.StillBound(snapshot);
            case GROUP -> new GroupContentReason.StillBound(snapshot);
        };
    }
}
