package solo.resizer.kube;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import solo.kube.model.ObjectMeta;
import solo.kube.model.Patch;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Quantity;
import solo.resizer.model.ExpansionEffect.Attempt;
import solo.resizer.model.ExpansionStatus;
import solo.resizer.model.ResizerNames;

/** What an expansion writes to a claim's status and to its PersistentVolume. */
public final class ExpansionPatches {
    private static final String STATUSES = "allocatedResourceStatuses";

    private ExpansionPatches() {}

    /** A size that is asked for the first time starts with a clean slate; a repetition keeps what the others say. */
    public static Patch inProgress(
            PersistentVolumeClaim claim,
            Quantity target,
            Attempt attempt,
            Optional<ExpansionStatus> status,
            Instant now) {
        StatusPatch patch = new StatusPatch(claim, now)
                .storage("allocatedResources", target.text())
                .condition(ResizerNames.RESIZING, null)
                .nodeExpansion(null);
        status.ifPresent(next -> patch.storage(STATUSES, next.text()));
        if (attempt == Attempt.FIRST) {
            patch.without(ResizerNames.RESIZE_CONDITIONS.stream()
                    .filter(type -> !type.equals(ResizerNames.RESIZING))
                    .toList());
        }
        return patch.ifUnchanged();
    }

    public static Patch nodePending(PersistentVolumeClaim claim, Instant now) {
        return new StatusPatch(claim, now)
                .storage(STATUSES, ExpansionStatus.NODE_PENDING.text())
                .condition(
                        ResizerNames.FILE_SYSTEM_RESIZE_PENDING,
                        "Waiting for user to (re-)start a pod to finish file system resize of volume on node.")
                .nodeExpansion(null)
                .ifUnchanged();
    }

    public static Patch finished(PersistentVolumeClaim claim, Quantity size, Instant now) {
        return new StatusPatch(claim, now)
                .storage("capacity", size.text())
                .storage(STATUSES, null)
                .without(ResizerNames.RESIZE_CONDITIONS)
                .nodeExpansion("true")
                .ifUnchanged();
    }

    /** Lands on a changed claim too: the driver's word counts, however much the claim has changed meanwhile. */
    public static Patch failed(
            PersistentVolumeClaim claim, String message, Optional<ExpansionStatus> status, Instant now) {
        StatusPatch patch = new StatusPatch(claim, now).condition(ResizerNames.CONTROLLER_RESIZE_ERROR, message);
        status.ifPresent(next -> patch.storage(STATUSES, next.text()));
        return patch.ifSameObject();
    }

    /**
     * {@code oldSize} is noted beside the new one unless null. Refused if anything has changed: a former leader must not
     * note again what is over, nor take back what the volume has got since.
     */
    public static Patch grown(ObjectMeta seen, Quantity size, @Nullable String oldSize) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("uid", seen.uid());
        if (oldSize != null) {
            metadata.put("annotations", Map.of(ResizerNames.PRE_RESIZE_CAPACITY, oldSize));
        }
        return Patch.strategic(Map.of("metadata", metadata, "spec", Map.of("capacity", Map.of("storage", size.text()))))
                .ifVersion(seen.resourceVersion());
    }

    public static Patch oldSizeForgotten(String uid) {
        Map<String, @Nullable Object> annotations = new LinkedHashMap<>();
        annotations.put(ResizerNames.PRE_RESIZE_CAPACITY, null);
        return Patch.strategic(Map.of("metadata", Map.of("uid", uid, "annotations", annotations)));
    }
}
