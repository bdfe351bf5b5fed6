package solo.kube.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user's snapshot of several claims at one moment (groupsnapshot.storage.k8s.io/v1 VolumeGroupSnapshot).
 *
 * @param status null until somebody has looked at the group
 */
public record VolumeGroupSnapshot(
        ObjectMeta meta,
        Source source,
        @Nullable String className,
        @Nullable Status status) implements Projected {

    /** One of the two: claims of its namespace by their labels, or content that exists already. */
    public record Source(
            @Nullable LabelSelector selector, @Nullable String contentName) {}

    /** What became of it. */
    public record Status(
            @Nullable String boundContentName,
            @Nullable Instant creationTime,
            @Nullable Boolean readyToUse,
            @Nullable StatusError error) {

        public static final Status EMPTY = new Status(null, null, null, null);
    }

    public boolean ready() {
        return status != null && Boolean.TRUE.equals(status.readyToUse());
    }

    public static VolumeGroupSnapshot of(Json object) {
        Json spec = object.at("spec");
        Json status = object.at("status");
        return new VolumeGroupSnapshot(
                ObjectMeta.of(object, key -> key.startsWith("groupsnapshot.storage.kubernetes.io/")),
                new Source(
                        LabelSelector.of(spec.at("source", "selector")),
                        spec.at("source", "volumeGroupSnapshotContentName").text()),
                spec.at("volumeGroupSnapshotClassName").text(),
                status.present()
                        ? new Status(
                                status.at("boundVolumeGroupSnapshotContentName").text(),
                                status.at("creationTime").time(),
                                status.at("readyToUse").value() instanceof Boolean ready ? ready : null,
                                StatusError.of(status.at("error")))
                        : null);
    }
}
