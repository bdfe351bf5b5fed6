package solo.simulation;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** RFC 7386: objects are merged, null removes, everything else replaces. */
final class MergePatch {

    private MergePatch() {}

    static Map<String, Object> apply(Map<String, Object> target, Map<?, ?> patch) {
        Map<String, Object> merged = new LinkedHashMap<>(target);
        patch.forEach((name, change) -> {
            String field = (String) name;
            Object before = merged.get(field);
            switch (change) {
                case null -> merged.remove(field);
                case Map<?, ?> object -> merged.put(field, apply(objectOrEmpty(before), object));
                default -> merged.put(field, Trees.value(change));
            }
        });
        return Trees.object(merged);
    }

    private static Map<String, Object> objectOrEmpty(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? Trees.object(map) : Map.of();
    }
}
