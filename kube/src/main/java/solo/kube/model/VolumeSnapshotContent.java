package solo.kube.model;

import org.jspecify.annotations.Nullable;

/**
 * The driver's side of a snapshot (snapshot.storage.k8s.io/v1 VolumeSnapshotContent).
 *
 * @param sourceVolumeMode mode of the volume the snapshot was taken of; null where unknown
 * @param snapshotHandle status.snapshotHandle: what the driver calls it; null while it is being taken
 */
public record VolumeSnapshotContent(
        ObjectMeta meta,
        String driver,
        @Nullable ObjectKey snapshot,
        String snapshotUid,
        @Nullable String sourceVolumeMode,
        @Nullable String snapshotHandle)
        implements Projected {

    public static VolumeSnapshotContent of(Json object) {
        Json spec = object.at("spec");
        Json snapshot = spec.at("volumeSnapshotRef");
        return new VolumeSnapshotContent(
                ObjectMeta.of(
                        object,
                        key -> key.startsWith("snapshot.storage.kubernetes.io/")
                                || key.startsWith("snapshot.storage.k8s.io/")),
                spec.at("driver").text("").intern(),
                snapshot.present()
                        ? new ObjectKey(
                                snapshot.at("namespace").text(""),
                                snapshot.at("name").text(""))
                        : null,
                snapshot.at("uid").text(""),
                spec.at("sourceVolumeMode").text(),
                object.at("status", "snapshotHandle").text());
    }
}
