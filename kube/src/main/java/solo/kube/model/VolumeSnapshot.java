package solo.kube.model;

import org.jspecify.annotations.Nullable;

/**
 * A user's snapshot of a claim (snapshot.storage.k8s.io/v1 VolumeSnapshot).
 *
 * @param status null until somebody has looked at the snapshot
 */
public record VolumeSnapshot(
        ObjectMeta meta,
        Source source,
        @Nullable String className,
        @Nullable Status status) implements Projected {

    /** One of the two: the claim to take it of, or content that exists already. */
    public record Source(
            @Nullable String claimName, @Nullable String contentName) {}

    /** What became of it; {@code readyToUse} null where nobody has said. */
    public record Status(
            @Nullable String boundContentName,
            @Nullable Boolean readyToUse,
            @Nullable Quantity restoreSize) {}

    public static VolumeSnapshot of(Json object) {
        Json spec = object.at("spec");
        Json status = object.at("status");
        return new VolumeSnapshot(
                ObjectMeta.of(object, key -> key.startsWith("snapshot.storage.kubernetes.io/")),
                new Source(
                        spec.at("source", "persistentVolumeClaimName").text(),
                        spec.at("source", "volumeSnapshotContentName").text()),
                spec.at("volumeSnapshotClassName").text(),
                status.present()
                        ? new Status(
                                status.at("boundVolumeSnapshotContentName").text(),
                                status.at("readyToUse").value() instanceof Boolean ready ? ready : null,
                                status.at("restoreSize").quantity())
                        : null);
    }
}
