package solo.simulation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON trees as the server keeps them: immutable, without nulls, every whole number a Long; so that two trees are equal
 * exactly when their JSON is.
 */
final class Trees {

    private Trees() {}

    /** A normalised copy of an object; fields that are null are left out, as a typed API server does. */
    static Map<String, Object> object(Map<?, ?> tree) {
        Map<String, Object> copy = LinkedHashMap.newLinkedHashMap(tree.size());
        tree.forEach((field, value) -> {
            if (value != null) {
                copy.put((String) field, value(value));
            }
        });
        return Collections.unmodifiableMap(copy);
    }

    static Object value(Object value) {
        return switch (value) {
            case Map<?, ?> map -> object(map);
            case List<?> list -> {
                List<Object> copy = new ArrayList<>(list.size());
                for (Object item : list) {
                    if (item != null) {
                        copy.add(value(item));
                    }
                }
                yield Collections.unmodifiableList(copy);
            }
            case String text -> text;
            case Boolean flag -> flag;
            case Long number -> number;
            case Integer number -> number.longValue();
            case Double number -> number == Math.rint(number) ? (Object) number.longValue() : number;
            case BigInteger number -> number.longValueExact();
            case BigDecimal number -> value(number.doubleValue());
            default -> throw new IllegalArgumentException("no JSON value: " + value.getClass());
        };
    }

    /** What lies at a path, null if nothing does. */
    static @Nullable Object at(@Nullable Object tree, String... path) {
        Object here = tree;
        for (String field : path) {
            here = here instanceof Map<?, ?> map ? map.get(field) : null;
        }
        return here;
    }

    static @Nullable String text(@Nullable Object tree, String... path) {
        return at(tree, path) instanceof String text ? text : null;
    }

    /** The object at a path of a normalised tree, empty if there is none. */
    @SuppressWarnings("unchecked") // normalised trees have text keys and no nulls
    static Map<String, Object> map(@Nullable Object tree, String... path) {
        return at(tree, path) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    static List<String> texts(@Nullable Object tree, String... path) {
        return at(tree, path) instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    /** A copy of {@code tree} with one value set, or removed where it is null; objects on the way are made. */
    static Map<String, Object> with(Map<String, Object> tree, @Nullable Object value, String... path) {
        Map<String, Object> copy = new LinkedHashMap<>(tree);
        String field = path[0];
        if (path.length > 1) {
            Map<String, Object> below = map(tree, field);
            if (value == null && below.isEmpty()) {
                return tree;
            }
            copy.put(field, with(below, value, Arrays.copyOfRange(path, 1, path.length)));
        } else if (value == null) {
            copy.remove(field);
        } else {
            copy.put(field, value(value));
        }
        return Collections.unmodifiableMap(copy);
    }

    /** A copy that may be changed at every level, for JSON patch. */
    static @Nullable Object mutable(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> copy = LinkedHashMap.newLinkedHashMap(map.size());
                map.forEach((field, item) -> copy.put((String) field, mutable(item)));
                yield copy;
            }
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>(list.size());
                list.forEach(item -> copy.add(mutable(item)));
                yield copy;
            }
            case null -> null;
            default -> value(value);
        };
    }
}
