package solo.kube.model;

import org.jspecify.annotations.Nullable;

/**
 * The driver's side of a snapshot (snapshot.storage.k8s.io/v1 VolumeSnapshotContent).
 *
 * @param snapshot spec.volumeSnapshotRef without its uid; null where the reference is missing
 * @param snapshotUid uid of the VolumeSnapshot it is bound to; empty while it is bound to none
 * @param sourceVolumeMode mode of the volume the snapshot was taken of; null where unknown
 * @param status null until a driver's side has looked at it
 */
public record VolumeSnapshotContent(
        ObjectMeta meta,
        String driver,
        String deletionPolicy,
        @Nullable String className,
        Source source,
        @Nullable ObjectKey snapshot,
        String snapshotUid,
        @Nullable String sourceVolumeMode,
        @Nullable Status status)
        implements Projected {

    /** One of the two: the volume to take it of, or a snapshot that the storage has already. */
    public record Source(
            @Nullable String volumeHandle, @Nullable String snapshotHandle) {}

    /**
     * What the driver said.
     *
     * @param snapshotHandle what the driver calls it; null while it is being taken
     * @param creationTime nanoseconds since 1970
     * @param restoreSize bytes
     * @param groupHandle what the driver calls the group it was taken with
     */
    public record Status(
            @Nullable String snapshotHandle,
            @Nullable Long creationTime,
            @Nullable Long restoreSize,
            @Nullable Boolean readyToUse,
            @Nullable StatusError error,
            @Nullable String groupHandle) {

        public static final Status EMPTY = new Status(null, null, null, null, null, null);
    }

    /** status.snapshotHandle, or null. */
    public @Nullable String snapshotHandle() {
        return status == null ? null : status.snapshotHandle();
    }

    public boolean ready() {
        return status != null && Boolean.TRUE.equals(status.readyToUse());
    }

    public static VolumeSnapshotContent of(Json object) {
        Json spec = object.at("spec");
        Json snapshot = spec.at("volumeSnapshotRef");
        Json status = object.at("status");
        return new VolumeSnapshotContent(
                ObjectMeta.of(
                        object,
                        key -> key.startsWith("snapshot.storage.kubernetes.io/")
                                || key.startsWith("snapshot.storage.k8s.io/")
                                || key.startsWith("groupsnapshot.storage.k8s.io/")
                                || key.startsWith("groupsnapshot.storage.kubernetes.io/")),
                spec.at("driver").text("").intern(),
                spec.at("deletionPolicy").text("").intern(),
                spec.at("volumeSnapshotClassName").text(),
                new Source(
                        spec.at("source", "volumeHandle").text(),
                        spec.at("source", "snapshotHandle").text()),
                snapshot.present()
                        ? new ObjectKey(
                                snapshot.at("namespace").text(""),
                                snapshot.at("name").text(""))
                        : null,
                snapshot.at("uid").text(""),
                spec.at("sourceVolumeMode").text(),
                status.present()
                        ? new Status(
                                status.at("snapshotHandle").text(),
                                status.at("creationTime").number(),
                                status.at("restoreSize").number(),
                                status.at("readyToUse").value() instanceof Boolean ready ? ready : null,
                                StatusError.of(status.at("error")),
                                status.at("volumeGroupSnapshotHandle").text())
                        : null);
    }
}
