package solo.simulation;

import java.io.Serial;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** RFC 6902 as the API server applies it: a {@code test} for null also holds where nothing is. */
final class JsonPatch {

    /** An operation did not apply; the object is not as the patch expects it. */
    static final class Refused extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    private JsonPatch() {}

    static Map<String, Object> apply(Map<String, Object> target, List<?> operations) throws Refused {
        Object document = Objects.requireNonNull(Trees.mutable(target));
        for (Object operation : operations) {
            apply(document, (Map<?, ?>) operation);
        }
        return Trees.object((Map<?, ?>) document);
    }

    private static void apply(Object document, Map<?, ?> operation) throws Refused {
        String path = (String) Objects.requireNonNull(operation.get("path"), "path");
        Object value = Trees.mutable(operation.get("value"));
        switch (String.valueOf(operation.get("op"))) {
            case "test" -> {
                if (!Objects.equals(find(document, path), value)) {
                    throw new Refused("testing value " + path + " failed: test failed");
                }
            }
            case "add" -> add(document, path, value);
            case "remove" -> remove(document, path);
            case "replace" -> replace(document, path, value);
            case "move" -> {
                String from = (String) Objects.requireNonNull(operation.get("from"), "from");
                Object moved = find(document, from);
                remove(document, from);
                add(document, path, moved);
            }
            case "copy" -> {
                String from = (String) Objects.requireNonNull(operation.get("from"), "from");
                add(document, path, Trees.mutable(find(document, from)));
            }
            default -> throw new Refused("unexpected kind: " + operation.get("op"));
        }
    }

    private static @Nullable Object find(Object document, String path) throws Refused {
        List<String> fields = fields(path);
        Object parent = parent(document, fields, path);
        return child(parent, fields.getLast(), path);
    }

    private static void add(Object document, String path, @Nullable Object value) throws Refused {
        List<String> fields = fields(path);
        String last = fields.getLast();
        switch (parent(document, fields, path)) {
            case List<?> list -> {
                List<@Nullable Object> open = open(list);
                open.add(last.equals("-") ? open.size() : index(last, open.size() + 1, path), value);
            }
            case Map<?, ?> map -> open(map).put(last, value);
            default -> throw missing("add", path);
        }
    }

    private static void remove(Object document, String path) throws Refused {
        List<String> fields = fields(path);
        String last = fields.getLast();
        switch (parent(document, fields, path)) {
            case List<?> list -> open(list).remove(index(last, list.size(), path));
            case Map<?, ?> map when map.containsKey(last) -> map.remove(last);
            default -> throw missing("remove", path);
        }
    }

    private static void replace(Object document, String path, @Nullable Object value) throws Refused {
        List<String> fields = fields(path);
        String last = fields.getLast();
        switch (parent(document, fields, path)) {
            case List<?> list -> open(list).set(index(last, list.size(), path), value);
            case Map<?, ?> map when map.containsKey(last) -> open(map).put(last, value);
            default -> throw missing("replace", path);
        }
    }

    private static Object parent(Object document, List<String> fields, String path) throws Refused {
        Object here = document;
        for (String field : fields.subList(0, fields.size() - 1)) {
            Object below = child(here, field, path);
            if (below == null) {
                throw missing("operation", path);
            }
            here = below;
        }
        return here;
    }

    private static @Nullable Object child(Object parent, String field, String path) throws Refused {
        return switch (parent) {
            case Map<?, ?> map -> map.get(field);
            case List<?> list -> list.get(index(field, list.size(), path));
            default -> null;
        };
    }

    private static int index(String field, int size, String path) throws Refused {
        int index = field.chars().allMatch(Character::isDigit) && !field.isEmpty() ? Integer.parseInt(field) : -1;
        if (index < 0 || index >= size) {
            throw missing("list", path);
        }
        return index;
    }

    private static List<String> fields(String path) {
        return Arrays.stream(path.substring(1).split("/", -1))
                .map(field -> field.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    private static Refused missing(String operation, String path) {
        return new Refused(operation + " operation does not apply: doc is missing path: " + path);
    }

    @SuppressWarnings("unchecked") // made by Trees.mutable
    private static List<@Nullable Object> open(List<?> list) {
        return (List<@Nullable Object>) list;
    }

    @SuppressWarnings("unchecked") // made by Trees.mutable
    private static Map<String, @Nullable Object> open(Map<?, ?> map) {
        return (Map<String, @Nullable Object>) map;
    }
}
