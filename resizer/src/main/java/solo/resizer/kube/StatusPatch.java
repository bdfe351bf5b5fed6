package solo.resizer.kube;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Patch;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.PersistentVolumeClaim.Condition;
import solo.resizer.model.ResizerNames;

/**
 * A strategic merge patch of a claim's status, put together piece by piece. Conditions merge by type, so what is not
 * named here stays; annotations may ride on it (the status strategy of claims keeps metadata).
 */
final class StatusPatch {
    private final PersistentVolumeClaim claim;
    private final Instant now;
    private final Map<String, @Nullable Object> status = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    private final List<Object> conditions = new ArrayList<>();

    StatusPatch(PersistentVolumeClaim claim, Instant now) {
        this.claim = claim;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Null takes the field away. */
    StatusPatch set(String field, @Nullable Object value) {
        status.put(field, value);
        return this;
    }

    /** One resource of a map of them; the others stay. */
    StatusPatch storage(String field, @Nullable String value) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("storage", value);
        return set(field, entry);
    }

    /** A condition that is true from now on, in place of an older one of its type. */
    StatusPatch condition(String type, @Nullable String message) {
        Condition old = condition(type);
        Map<String, @Nullable Object> condition = new LinkedHashMap<>();
        condition.put("type", type);
        condition.put("status", "True");
        condition.put("lastTransitionTime", now.toString());
        if (message != null || (old != null && old.message() != null)) {
            condition.put("message", message);
        }
        if (old != null && old.reason() != null) {
            condition.put("reason", null);
        }
        conditions.add(condition);
        return this;
    }

    /** A condition that was looked at now; its transition time moves only if it says something else. */
    StatusPatch probed(String type, @Nullable String reason, String message) {
        Condition old = condition(type);
        Map<String, @Nullable Object> condition = new LinkedHashMap<>();
        condition.put("type", type);
        condition.put("status", "True");
        condition.put("lastProbeTime", now.toString());
        if (old == null || !old.status().equals("True") || !Objects.equals(old.reason(), reason)) {
            condition.put("lastTransitionTime", now.toString());
        }
        if (reason != null || (old != null && old.reason() != null)) {
            condition.put("reason", reason);
        }
        condition.put("message", message);
        conditions.add(condition);
        return this;
    }

    StatusPatch without(List<String> types) {
        types.stream()
                .filter(type -> condition(type) != null)
                .forEach(type -> conditions.add(Map.of("$patch", "delete", "type", type)));
        return this;
    }

    /** Null takes the annotation away, if it is there. */
    StatusPatch annotation(String name, @Nullable String value) {
        if (value != null || claim.meta().annotation(name) != null) {
            Map<String, @Nullable Object> annotations = new LinkedHashMap<>();
            annotations.put(name, value);
            metadata.put("annotations", annotations);
        }
        return this;
    }

    /** Refused if the claim has changed since it was read. */
    Patch ifUnchanged() {
        return patch().ifVersion(claim.meta().resourceVersion());
    }

    /** Lands on a changed claim too, but not on a namesake: the uid of an object cannot be patched. */
    Patch ifSameObject() {
        metadata.put("uid", claim.uid());
        return patch();
    }

    /** The kubelet must not, or may again, look at this claim. */
    StatusPatch nodeExpansion(@Nullable String notRequired) {
        return annotation(ResizerNames.NODE_EXPANSION_NOT_REQUIRED, notRequired);
    }

    private Patch patch() {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            body.put("metadata", metadata);
        }
        if (!conditions.isEmpty()) {
            status.put("conditions", conditions);
        }
        body.put("status", status);
        return Patch.strategic(body).ofStatus();
    }

    private @Nullable Condition condition(String type) {
        return claim.status().conditions().stream()
                .filter(one -> one.type().equals(type))
                .findFirst()
                .orElse(null);
    }
}
