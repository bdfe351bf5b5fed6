package solo.kube.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user's snapshot of a claim (snapshot.storage.k8s.io/v1 VolumeSnapshot).
 *
 * @param groupOwner the VolumeGroupSnapshot that owns it, of any version; null for one that stands alone
 * @param owners how many owner references it has
 * @param status null until somebody has looked at the snapshot
 */
public record VolumeSnapshot(
        ObjectMeta meta,
        Source source,
        @Nullable String className,
        @Nullable GroupOwner groupOwner,
        int owners,
        @Nullable Status status)
        implements Projected {

    /** The group it was taken with, in its namespace. */
    public record GroupOwner(String name, String uid) {}

    /** One of the two: the claim to take it of, or content that exists already. */
    public record Source(
            @Nullable String claimName, @Nullable String contentName) {}

    /**
     * What became of it.
     *
     * @param creationTime when the storage took it
     * @param readyToUse null where nobody has said
     * @param groupName the VolumeGroupSnapshot it was taken with
     */
    public record Status(
            @Nullable String boundContentName,
            @Nullable Instant creationTime,
            @Nullable Boolean readyToUse,
            @Nullable Quantity restoreSize,
            @Nullable StatusError error,
            @Nullable String groupName) {

        public static final Status EMPTY = new Status(null, null, null, null, null, null);
    }

    /** The claim it is taken of, or null. */
    public @Nullable ObjectKey claim() {
        return source.claimName() == null ? null : new ObjectKey(key().namespace(), source.claimName());
    }

    /** The name of its group, by its owner or else by its status; null for one that stands alone. */
    public @Nullable String groupName() {
        return groupOwner != null ? groupOwner.name() : status == null ? null : status.groupName();
    }

    public boolean ready() {
        return status != null && Boolean.TRUE.equals(status.readyToUse());
    }

    public static VolumeSnapshot of(Json object) {
        Json spec = object.at("spec");
        Json status = object.at("status");
        return new VolumeSnapshot(
                ObjectMeta.of(object, key -> key.startsWith("snapshot.storage.kubernetes.io/")),
                new Source(
                        spec.at("source", "persistentVolumeClaimName").text(),
                        spec.at("source", "volumeSnapshotContentName").text()),
                spec.at("volumeSnapshotClassName").text(),
                groupOwner(object.at("metadata", "ownerReferences")),
                object.at("metadata", "ownerReferences").items().size(),
                status.present()
                        ? new Status(
                                status.at("boundVolumeSnapshotContentName").text(),
                                status.at("creationTime").time(),
                                status.at("readyToUse").value() instanceof Boolean ready ? ready : null,
                                status.at("restoreSize").quantity(),
                                StatusError.of(status.at("error")),
                                status.at("volumeGroupSnapshotName").text())
                        : null);
    }

    private static @Nullable GroupOwner groupOwner(Json owners) {
        return owners.items().stream()
                .filter(owner -> owner.at("kind").text("").equals("VolumeGroupSnapshot")
                        && owner.at("apiVersion").text("").startsWith("groupsnapshot.storage.k8s.io/"))
                .map(owner -> new GroupOwner(
                        owner.at("name").text(""), owner.at("uid").text("")))
                .findFirst()
                .orElse(null);
    }
}
