package solo.snapshotter.kube;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Fields;
import solo.kube.model.ObjectMeta;
import solo.kube.model.Patch;
import solo.kube.model.VolumeGroupSnapshot;
import solo.kube.model.VolumeGroupSnapshotContent;
import solo.kube.model.VolumeGroupSnapshotContent.Member;
import solo.snapshotter.model.GroupNames;

/**
 * Patches of VolumeGroupSnapshots and their contents. Refused when somebody else has changed the finalizers meanwhile,
 * and when the object is a namesake made anew.
 */
public final class GroupPatches {
    private GroupPatches() {}

    /** Adds finalizers and, if given, the class. */
    public static Patch mark(ObjectMeta seen, List<String> finalizers, @Nullable String className) {
        List<Map<String, ?>> operations = new ArrayList<>();
        if (!finalizers.isEmpty()) {
            operations.addAll(Patch.finalizersAdded(seen.finalizers(), finalizers));
        }
        if (className != null) {
            operations.add(ContentPatches.operation("add", "/spec/volumeGroupSnapshotClassName", className));
        }
        return Patch.json(operations).ifUid(seen.uid());
    }

    public static Patch release(ObjectMeta seen, List<String> finalizers) {
        return Patch.removeFinalizers(seen.finalizers(), finalizers).ifUid(seen.uid());
    }

    public static Patch protectContent(ObjectMeta seen) {
        return Patch.addFinalizer(seen.finalizers(), GroupNames.CONTENT_BOUND).ifUid(seen.uid());
    }

    /** Binds an imported content to its group: from now on it has our finalizer, and the group's class if it has none. */
    public static Patch bind(VolumeGroupSnapshotContent seen, String groupUid, @Nullable String className) {
        List<Map<String, ?>> operations = new ArrayList<>();
        ObjectMeta meta = seen.meta();
        if (!meta.hasFinalizer(GroupNames.CONTENT_BOUND) && !meta.deleting()) {
            operations.addAll(Patch.finalizersAdded(meta.finalizers(), List.of(GroupNames.CONTENT_BOUND)));
        }
        operations.add(ContentPatches.operation("add", "/spec/volumeGroupSnapshotRef/uid", groupUid));
        if (className != null && seen.className() == null) {
            operations.add(ContentPatches.operation("add", "/spec/volumeGroupSnapshotClassName", className));
        }
        return Patch.json(operations).ifUid(seen.uid());
    }

    /** The whole status as we know it; null takes an error away, and what newer versions write beside it stays. */
    public static Patch status(VolumeGroupSnapshot seen, VolumeGroupSnapshot.Status status) {
        Map<String, Object> known = new LinkedHashMap<>();
        Fields.put(known, "boundVolumeGroupSnapshotContentName", status.boundContentName());
        Fields.put(known, "creationTime", ContentPatches.seconds(status.creationTime()));
        Fields.put(known, "readyToUse", status.readyToUse());
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(known);
        fields.put("error", status.error() == null ? null : ContentPatches.error(status.error()));
        return Patch.merge(Map.of("status", fields))
                .ofStatus()
                .ifVersion(seen.meta().resourceVersion());
    }

    /** Only what has changed; what newer versions write beside it stays. */
    public static Patch status(VolumeGroupSnapshotContent seen, VolumeGroupSnapshotContent.Status wanted) {
        VolumeGroupSnapshotContent.Status before = seen.status();
        return ContentPatches.status(seen.meta(), before == null ? null : fields(before), fields(wanted));
    }

    private static Map<String, Object> fields(VolumeGroupSnapshotContent.Status status) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Fields.put(fields, "volumeGroupSnapshotHandle", status.handle());
        Fields.put(fields, "creationTime", ContentPatches.seconds(status.creationTime()));
        Fields.put(fields, "readyToUse", status.readyToUse());
        Fields.put(fields, "error", status.error() == null ? null : ContentPatches.error(status.error()));
        if (!status.members().isEmpty()) {
            fields.put(
                    "volumeSnapshotInfoList",
                    status.members().stream().map(GroupPatches::member).toList());
        }
        return fields;
    }

    private static Map<String, Object> member(Member member) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("volumeHandle", member.volumeHandle());
        fields.put("snapshotHandle", member.snapshotHandle());
        Fields.put(fields, "creationTime", member.creationTime());
        Fields.put(fields, "readyToUse", member.readyToUse());
        Fields.put(fields, "restoreSize", member.restoreSize());
        return fields;
    }
}
