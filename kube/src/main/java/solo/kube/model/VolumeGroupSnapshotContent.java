package solo.kube.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The driver's side of a group of snapshots (groupsnapshot.storage.k8s.io/v1 VolumeGroupSnapshotContent).
 *
 * @param group spec.volumeGroupSnapshotRef without its uid; null where the reference is missing
 * @param groupUid uid of the VolumeGroupSnapshot it is bound to; empty while it is bound to none
 * @param status null until a driver's side has looked at it
 */
public record VolumeGroupSnapshotContent(
        ObjectMeta meta,
        String driver,
        String deletionPolicy,
        @Nullable String className,
        Source source,
        @Nullable ObjectKey group,
        String groupUid,
        @Nullable Status status)
        implements Projected {

    /** One of the two: the volumes to take it of (empty for none), or a group that the storage has already. */
    public record Source(
            List<String> volumeHandles, @Nullable Handles handles) {
        public Source {
            volumeHandles = List.copyOf(volumeHandles);
        }
    }

    /** What the driver calls a group and the snapshots in it. */
    public record Handles(String group, List<String> snapshots) {
        public Handles {
            snapshots = List.copyOf(snapshots);
        }
    }

    /**
     * What the driver said.
     *
     * @param handle what the driver calls the group; null while it is being taken
     * @param members empty for a group that was imported
     */
    public record Status(
            @Nullable String handle,
            @Nullable Instant creationTime,
            @Nullable Boolean readyToUse,
            @Nullable StatusError error,
            List<Member> members) {

        public static final Status EMPTY = new Status(null, null, null, null, List.of());

        public Status {
            members = List.copyOf(members);
        }
    }

    /**
     * One snapshot of the group.
     *
     * @param creationTime nanoseconds since 1970
     * @param restoreSize bytes
     */
    public record Member(
            String volumeHandle,
            String snapshotHandle,
            @Nullable Long creationTime,
            @Nullable Boolean readyToUse,
            @Nullable Long restoreSize) {}

    /** status.volumeGroupSnapshotHandle, or null. */
    public @Nullable String handle() {
        return status == null ? null : status.handle();
    }

    public List<Member> members() {
        return status == null ? List.of() : status.members();
    }

    public boolean ready() {
        return status != null && Boolean.TRUE.equals(status.readyToUse());
    }

    public static VolumeGroupSnapshotContent of(Json object) {
        Json spec = object.at("spec");
        Json group = spec.at("volumeGroupSnapshotRef");
        Json handles = spec.at("source", "groupSnapshotHandles");
        Json status = object.at("status");
        return new VolumeGroupSnapshotContent(
                ObjectMeta.of(
                        object,
                        key -> key.startsWith("groupsnapshot.storage.kubernetes.io/")
                                || key.startsWith("snapshot.storage.kubernetes.io/")),
                spec.at("driver").text("").intern(),
                spec.at("deletionPolicy").text("").intern(),
                spec.at("volumeGroupSnapshotClassName").text(),
                new Source(
                        spec.at("source", "volumeHandles").texts(),
                        handles.present()
                                ? new Handles(
                                        handles.at("volumeGroupSnapshotHandle").text(""),
                                        handles.at("volumeSnapshotHandles").texts())
                                : null),
                group.present()
                        ? new ObjectKey(
                                group.at("namespace").text(""), group.at("name").text(""))
                        : null,
                group.at("uid").text(""),
                status.present() ? status(status) : null);
    }

    private static Status status(Json status) {
        return new Status(
                status.at("volumeGroupSnapshotHandle").text(),
                status.at("creationTime").time(),
                status.at("readyToUse").value() instanceof Boolean ready ? ready : null,
                StatusError.of(status.at("error")),
                status.at("volumeSnapshotInfoList").items().stream()
                        .map(one -> new Member(
                                one.at("volumeHandle").text(""),
                                one.at("snapshotHandle").text(""),
                                one.at("creationTime").number(),
                                one.at("readyToUse").value() instanceof Boolean ready ? ready : null,
                                one.at("restoreSize").number()))
                        .toList());
    }
}
