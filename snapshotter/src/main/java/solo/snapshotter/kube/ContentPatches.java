package solo.snapshotter.kube;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Fields;
import solo.kube.model.ObjectMeta;
import solo.kube.model.Patch;
import solo.kube.model.StatusError;
import solo.kube.model.VolumeSnapshotContent;
import solo.kube.model.VolumeSnapshotContent.Status;
import solo.snapshotter.model.SnapshotNames;

/**
 * Patches of VolumeSnapshotContents. One annotation at a time, never the whole map, so that what the other half has just
 * written or removed stays so; and no {@code replace} of what may not be there.
 */
public final class ContentPatches {
    private ContentPatches() {}

    public static Patch annotate(String name) {
        return Patch.merge(Map.of("metadata", Map.of("annotations", Map.of(name, SnapshotNames.YES))));
    }

    /** Refused if anything has changed: who saw less than there is must not ask the driver for a snapshot. */
    public static Patch beingCreated(ObjectMeta seen, String annotation) {
        return annotate(annotation).ifVersion(seen.resourceVersion());
    }

    public static Patch removeAnnotation(String name) {
        Map<String, @Nullable Object> annotations = new LinkedHashMap<>();
        annotations.put(name, null);
        return Patch.merge(Map.of("metadata", Map.of("annotations", annotations)));
    }

    public static Patch protect(ObjectMeta seen) {
        return Patch.addFinalizer(seen.finalizers(), SnapshotNames.CONTENT_BOUND)
                .ifUid(seen.uid());
    }

    public static Patch release(ObjectMeta seen) {
        return Patch.removeFinalizers(seen.finalizers(), List.of(SnapshotNames.CONTENT_BOUND))
                .ifUid(seen.uid());
    }

    /**
     * Binds an imported content to its VolumeSnapshot: from now on it has our finalizer, and the snapshot's class if it
     * has none of its own.
     */
    public static Patch bind(VolumeSnapshotContent seen, String snapshotUid, @Nullable String className) {
        List<Map<String, ?>> operations = new ArrayList<>();
        ObjectMeta meta = seen.meta();
        if (!meta.hasFinalizer(SnapshotNames.CONTENT_BOUND) && !meta.deleting()) {
            operations.addAll(Patch.finalizersAdded(meta.finalizers(), List.of(SnapshotNames.CONTENT_BOUND)));
        }
        operations.add(operation("add", "/spec/volumeSnapshotRef/uid", snapshotUid));
        if (className != null && seen.className() == null) {
            operations.add(operation("add", "/spec/volumeSnapshotClassName", className));
        }
        return Patch.json(operations).ifUid(seen.uid());
    }

    /** Ties the content of a member to a VolumeSnapshot that was made anew. */
    public static Patch rebind(VolumeSnapshotContent seen, String snapshotUid) {
        return Patch.json(List.of(operation("add", "/spec/volumeSnapshotRef/uid", snapshotUid)))
                .ifUid(seen.uid());
    }

    /** Only what has changed; what newer versions write beside it stays. */
    public static Patch status(VolumeSnapshotContent seen, Status wanted) {
        Status before = seen.status();
        return status(seen.meta(), before == null ? null : fields(before), fields(wanted));
    }

    /**
     * What {@code wanted} says other than {@code seen} did, null if there was no status. A first status is refused where
     * somebody has written one meanwhile, and a list, which is replaced whole, where anything has changed.
     */
    static Patch status(ObjectMeta meta, @Nullable Map<String, Object> seen, Map<String, Object> wanted) {
        List<Map<String, ?>> operations = new ArrayList<>();
        if (seen == null) {
            operations.add(nothingAt("/status"));
            operations.add(operation("add", "/status", wanted));
            return Patch.json(operations).ifUid(meta.uid()).ofStatus();
        }
        wanted.forEach((field, value) -> {
            if (!Objects.equals(value, seen.get(field))) {
                if (value instanceof List<?>) {
                    operations.add(sameVersion(meta));
                }
                operations.add(operation("add", "/status/" + field, value));
            }
        });
        seen.keySet().stream()
                .filter(field -> !wanted.containsKey(field))
                .forEach(field -> operations.add(Map.of("op", "remove", "path", "/status/" + field)));
        return Patch.json(operations).ifUid(meta.uid()).ofStatus();
    }

    /** Refuses the patch if anything is there. */
    static Map<String, ?> nothingAt(String path) {
        Map<String, @Nullable Object> test = new LinkedHashMap<>();
        test.put("op", "test");
        test.put("path", path);
        test.put("value", null);
        return test;
    }

    /** Refuses the patch if anything has changed. */
    static Map<String, ?> sameVersion(ObjectMeta seen) {
        return operation("test", "/metadata/resourceVersion", seen.resourceVersion());
    }

    static Map<String, Object> error(StatusError error) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Fields.put(fields, "message", error.message());
        Fields.put(fields, "time", seconds(error.time()));
        return fields;
    }

    static @Nullable String seconds(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static Map<String, ?> operation(String op, String path, Object value) {
        return Map.of("op", op, "path", path, "value", value);
    }

    private static Map<String, Object> fields(Status status) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Fields.put(fields, "snapshotHandle", status.snapshotHandle());
        Fields.put(fields, "creationTime", status.creationTime());
        Fields.put(fields, "restoreSize", status.restoreSize());
        Fields.put(fields, "readyToUse", status.readyToUse());
        Fields.put(fields, "error", status.error() == null ? null : error(status.error()));
        Fields.put(fields, "volumeGroupSnapshotHandle", status.groupHandle());
        return fields;
    }
}
