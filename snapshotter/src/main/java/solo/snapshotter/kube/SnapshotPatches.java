package solo.snapshotter.kube;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Fields;
import solo.kube.model.ObjectMeta;
import solo.kube.model.ObjectReference;
import solo.kube.model.Patch;
import solo.kube.model.VolumeSnapshot;
import solo.kube.model.VolumeSnapshot.Status;
import solo.snapshotter.model.SnapshotNames;

/**
 * Patches of VolumeSnapshots and of the claims they are taken of. Refused when somebody else has changed the finalizers
 * meanwhile, so that nobody's removal is undone, and when the object is a namesake made anew.
 */
public final class SnapshotPatches {
    private SnapshotPatches() {}

    /** Adds finalizers and, if given, the class. */
    public static Patch mark(ObjectMeta seen, List<String> finalizers, @Nullable String className) {
        List<Map<String, ?>> operations = new ArrayList<>();
        if (!finalizers.isEmpty()) {
            operations.addAll(Patch.finalizersAdded(seen.finalizers(), finalizers));
        }
        if (className != null) {
            operations.add(ContentPatches.operation("add", "/spec/volumeSnapshotClassName", className));
        }
        return Patch.json(operations).ifUid(seen.uid());
    }

    public static Patch release(ObjectMeta seen, List<String> finalizers) {
        return Patch.removeFinalizers(seen.finalizers(), finalizers).ifUid(seen.uid());
    }

    public static Patch protectClaim(ObjectMeta seen) {
        return Patch.addFinalizer(seen.finalizers(), SnapshotNames.CLAIM_AS_SOURCE)
                .ifUid(seen.uid());
    }

    public static Patch releaseClaim(ObjectMeta seen) {
        return Patch.removeFinalizers(seen.finalizers(), List.of(SnapshotNames.CLAIM_AS_SOURCE))
                .ifUid(seen.uid());
    }

    /** One more owner, beside those it had when it was seen; refused if they may be others by now. */
    public static Patch join(VolumeSnapshot seen, ObjectReference group) {
        String path = "/metadata/ownerReferences";
        Map<String, ?> owner = GroupBody.owner(group);
        List<Map<String, ?>> operations = seen.owners() > 0
                ? List.of(ContentPatches.sameVersion(seen.meta()), ContentPatches.operation("add", path + "/-", owner))
                : List.of(ContentPatches.nothingAt(path), ContentPatches.operation("add", path, List.of(owner)));
        return Patch.json(operations).ifUid(seen.uid());
    }

    /** The whole status as we know it; null takes an error away, and what newer versions write beside it stays. */
    public static Patch status(VolumeSnapshot seen, Status status) {
        Map<String, Object> known = new LinkedHashMap<>();
        Fields.put(known, "boundVolumeSnapshotContentName", status.boundContentName());
        Fields.put(known, "creationTime", ContentPatches.seconds(status.creationTime()));
        Fields.put(known, "readyToUse", status.readyToUse());
        Fields.put(
                known,
                "restoreSize",
                status.restoreSize() == null ? null : status.restoreSize().text());
        Fields.put(known, "volumeGroupSnapshotName", status.groupName());
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(known);
        fields.put("error", status.error() == null ? null : ContentPatches.error(status.error()));
        return Patch.merge(Map.of("status", fields))
                .ofStatus()
                .ifVersion(seen.meta().resourceVersion());
    }
}
