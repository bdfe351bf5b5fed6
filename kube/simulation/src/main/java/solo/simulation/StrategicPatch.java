package solo.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Strategic merge for those lists of built-in kinds that we or our tests patch: the merge keys are facts of the API
 * types (patchMergeKey tags). A list that is not named here is replaced whole.
 */
final class StrategicPatch {

    private static final Map<String, String> MERGE_KEYS = Map.of(
            "conditions", "type",
            "ownerReferences", "uid",
            "addresses", "type",
            "volumes", "name",
            "containers", "name",
            "initContainers", "name",
            "env", "name",
            "volumeMounts", "mountPath",
            "volumeDevices", "devicePath",
            "imagePullSecrets", "name");

    /** Lists of plain values that are merged as sets. */
    private static final String FINALIZERS = "finalizers";

    private StrategicPatch() {}

    static Map<String, Object> apply(Map<String, Object> target, Map<?, ?> patch) {
        if ("replace".equals(patch.get("$patch"))) {
            Map<Object, @Nullable Object> whole = new LinkedHashMap<>(patch);
            whole.remove("$patch");
            return Trees.object(whole);
        }
        Map<String, Object> merged = new LinkedHashMap<>(target);
        patch.forEach((name, change) -> {
            String field = (String) name;
            if (field.startsWith("$deleteFromPrimitiveList/")) {
                String list = field.substring(field.indexOf('/') + 1);
                List<Object> left = new ArrayList<>(listOrEmpty(merged.get(list)));
                left.removeAll((List<?>) Objects.requireNonNull(change));
                merged.put(list, left);
            } else if (!field.startsWith("$")) {
                merge(merged, field, change);
            }
        });
        return Trees.object(merged);
    }

    private static void merge(Map<String, Object> merged, String field, @Nullable Object change) {
        Object before = merged.get(field);
        switch (change) {
            case null -> merged.remove(field);
            case Map<?, ?> object when "delete".equals(object.get("$patch")) -> merged.remove(field);
            case Map<?, ?> object -> merged.put(field, apply(objectOrEmpty(before), object));
            case List<?> list
            when field.equals(FINALIZERS) -> {
                List<Object> all = new ArrayList<>(listOrEmpty(before));
                list.stream().filter(item -> !all.contains(item)).forEach(all::add);
                merged.put(field, all);
            }
            case List<?> list
            when MERGE_KEYS.containsKey(field) ->
                merged.put(field, byKey(MERGE_KEYS.get(field), listOrEmpty(before), list));
            default -> merged.put(field, Trees.value(change));
        }
    }

    private static List<Object> byKey(String key, List<?> before, List<?> changes) {
        List<Object> merged = new ArrayList<>(before);
        for (Object item : changes) {
            Map<?, ?> change = (Map<?, ?>) item;
            if ("replace".equals(change.get("$patch"))) {
                merged.clear();
                continue;
            }
            int place = find(merged, key, change.get(key));
            if ("delete".equals(change.get("$patch"))) {
                if (place >= 0) {
                    merged.remove(place);
                }
            } else if (place >= 0) {
                merged.set(place, apply(objectOrEmpty(merged.get(place)), change));
            } else {
                merged.add(Trees.object(change));
            }
        }
        return merged;
    }

    private static int find(List<?> items, String key, @Nullable Object value) {
        for (int i = 0; i < items.size(); i++) {
            if (Objects.equals(Trees.at(items.get(i), key), value)) {
                return i;
            }
        }
        return -1;
    }

    private static Map<String, Object> objectOrEmpty(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? Trees.object(map) : Map.of();
    }

    private static List<?> listOrEmpty(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
