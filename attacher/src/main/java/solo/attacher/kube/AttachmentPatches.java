package solo.attacher.kube;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solo.attacher.model.ErrorField;
import solo.kube.model.ObjectMeta;
import solo.kube.model.Patch;
import solo.kube.model.VolumeAttachment.Problem;

/**
 * Patches of VolumeAttachments. All are refused when the object has changed since we read it: a namesake made anew, or
 * a finalizer that somebody else took off, must not be overwritten.
 */
public final class AttachmentPatches {
    private AttachmentPatches() {}

    /** Finalizers and annotations in one write, as external-attacher does. */
    public static Patch mark(ObjectMeta seen, List<String> finalizers, Map<String, String> annotations) {
        return Patch.merge(Map.of("metadata", Map.of("finalizers", finalizers, "annotations", annotations)))
                .ifVersion(seen.resourceVersion());
    }

    public static Patch release(ObjectMeta seen, String finalizer) {
        return Patch.removeFinalizers(seen.finalizers(), List.of(finalizer)).ifUid(seen.uid());
    }

    public static Patch attached(ObjectMeta seen, Map<String, String> known, Map<String, String> publishContext) {
        Map<String, @Nullable Object> status = new LinkedHashMap<>();
        status.put("attached", true);
        status.put("attachmentMetadata", replaced(known, publishContext));
        status.put("attachError", null);
        return status(seen, status);
    }

    public static Patch detached(ObjectMeta seen) {
        Map<String, @Nullable Object> status = new LinkedHashMap<>();
        status.put("attached", false);
        status.put("attachmentMetadata", null);
        status.put("detachError", null);
        return status(seen, status);
    }

    public static Patch error(ObjectMeta seen, ErrorField field, Problem problem, Instant now) {
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("message", problem.message());
        error.put("time", now.truncatedTo(ChronoUnit.SECONDS).toString());
        // null takes the code of an earlier error away.
        error.put("errorCode", problem.errorCode());
        Map<String, @Nullable Object> status = new LinkedHashMap<>();
        status.put(field.text(), error);
        return status(seen, status);
    }

    // A merge patch merges maps, so entries that are no longer there have to be named.
    private static @Nullable Object replaced(Map<String, String> known, Map<String, String> wanted) {
        if (wanted.isEmpty()) {
            return null;
        }
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        known.keySet().forEach(key -> entries.put(key, null));
        entries.putAll(wanted);
        return entries;
    }

    private static Patch status(ObjectMeta seen, Map<String, @Nullable Object> status) {
        return Patch.merge(Map.of("status", status)).ofStatus().ifVersion(seen.resourceVersion());
    }
}
