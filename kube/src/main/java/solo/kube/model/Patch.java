package solo.kube.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change to an object as the API takes it. Bodies are trees of JDK maps, lists, strings, numbers, booleans and nulls.
 *
 * @param status true to change the status subresource instead of the object
 */
public record Patch(Type type, Object body, boolean status) {

    /** The patch formats of the Kubernetes API. */
    public enum Type {
        /** RFC 7386: null removes, lists are replaced whole. */
        MERGE("application/merge-patch+json"),
        /** RFC 6902: a list of operations; {@code test} guards the others. */
        JSON("application/json-patch+json"),
        /** Lists are merged by key; built-in kinds only. */
        STRATEGIC("application/strategic-merge-patch+json");

        private final String mediaType;

        Type(String mediaType) {
            this.mediaType = mediaType;
        }

        public String mediaType() {
            return mediaType;
        }
    }

    public static Patch merge(Map<String, ?> body) {
        return new Patch(Type.MERGE, body, false);
    }

    public static Patch json(List<Map<String, ?>> operations) {
        return new Patch(Type.JSON, operations, false);
    }

    public static Patch strategic(Map<String, ?> body) {
        return new Patch(Type.STRATEGIC, body, false);
    }

    public Patch ofStatus() {
        return new Patch(type, body, true);
    }

    /** The same merge or strategic patch, refused with a conflict unless the object still has this version. */
    public Patch ifVersion(String resourceVersion) {
        if (!(body instanceof Map<?, ?> map)) {
            throw new IllegalStateException("a JSON patch is guarded by test operations");
        }
        Map<String, @Nullable Object> guarded = new LinkedHashMap<>();
        map.forEach((field, value) -> guarded.put((String) field, value));
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        if (map.get("metadata") instanceof Map<?, ?> given) {
            given.forEach((field, value) -> metadata.put((String) field, value));
        }
        metadata.put("resourceVersion", resourceVersion);
        guarded.put("metadata", metadata);
        return new Patch(type, guarded, status);
    }

    /** The same JSON patch, refused unless the object is still the one with this uid. */
    public Patch ifUid(String uid) {
        if (!(body instanceof List<?> operations)) {
            throw new IllegalStateException("a merge patch is guarded by its resourceVersion");
        }
        List<Object> guarded = new ArrayList<>();
        guarded.add(Map.of("op", "test", "path", "/metadata/uid", "value", uid));
        guarded.addAll(operations);
        return new Patch(type, guarded, status);
    }

    /**
     * Adds a finalizer to an object that was last seen with {@code seen}; fails if the list changed meanwhile, so that
     * nobody else's removal is undone (ext-provisioner #1217).
     */
    public static Patch addFinalizer(List<String> seen, String finalizer) {
        return json(finalizersAdded(seen, List.of(finalizer)));
    }

    /** The operations of {@link #addFinalizer} for several finalizers, to go with others in one patch. */
    public static List<Map<String, ?>> finalizersAdded(List<String> seen, List<String> finalizers) {
        List<String> after = new ArrayList<>(seen);
        after.addAll(finalizers);
        return finalizers(seen, after);
    }

    /** Removes finalizers from an object that was last seen with {@code seen}; fails if the list changed meanwhile. */
    public static Patch removeFinalizers(List<String> seen, List<String> finalizers) {
        return json(finalizers(
                seen, seen.stream().filter(one -> !finalizers.contains(one)).toList()));
    }

    private static List<Map<String, ?>> finalizers(List<String> seen, List<String> after) {
        String path = "/metadata/finalizers";
        Map<String, @Nullable Object> test = new LinkedHashMap<>();
        test.put("op", "test");
        test.put("path", path);
        test.put("value", seen.isEmpty() ? null : seen);
        Map<String, @Nullable Object> change = new LinkedHashMap<>();
        change.put("op", after.isEmpty() ? "remove" : seen.isEmpty() ? "add" : "replace");
        change.put("path", path);
        if (!after.isEmpty()) {
            change.put("value", after);
        }
        return List.of(test, change);
    }
}
