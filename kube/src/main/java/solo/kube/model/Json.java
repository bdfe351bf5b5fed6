package solo.kube.model;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A read-only look at a JSON tree of JDK maps and lists. What is absent or of another type reads as absent, because
 * API objects of newer servers may hold what we do not know.
 */
public record Json(@Nullable Object value) {

    private static final Json ABSENT = new Json(null);

    /** The field of an object, absent if there is none. */
    public Json at(String field) {
        return value instanceof Map<?, ?> map ? new Json(map.get(field)) : ABSENT;
    }

    /** A field several levels down. */
    public Json at(String first, String... rest) {
        Json json = at(first);
        for (String field : rest) {
            json = json.at(field);
        }
        return json;
    }

    public boolean present() {
        return value != null;
    }

    public @Nullable String text() {
        return value instanceof String text ? text : null;
    }

    public String text(String otherwise) {
        return value instanceof String text ? text : otherwise;
    }

    public boolean flag(boolean otherwise) {
        return value instanceof Boolean flag ? flag : otherwise;
    }

    /** An integer, or null where there is none. */
    public @Nullable Long number() {
        return value instanceof Number number ? Long.valueOf(number.longValue()) : null;
    }

    /** Null where there is none or it cannot be read. */
    public @Nullable Quantity quantity() {
        return switch (value) {
            case String text -> Quantity.parse(text);
            case Number number -> Quantity.parse(number.toString());
            case null, default -> null;
        };
    }

    /** An RFC 3339 time, or null. */
    public @Nullable Instant time() {
        return value instanceof String text && !text.isEmpty() ? Instant.parse(text) : null;
    }

    /** The elements of a list; empty if this is none. */
    public List<Json> items() {
        return value instanceof List<?> list ? list.stream().map(Json::new).toList() : List.of();
    }

    /** The strings of a list. */
    public List<String> texts() {
        return items().stream().map(item -> item.text("")).toList();
    }

    /** A map of strings, in the order of the document. */
    public Map<String, String> textMap() {
        return textMap(key -> true);
    }

    /** Those entries of a map of strings whose key is wanted. */
    public Map<String, String> textMap(Predicate<String> keep) {
        if (!(value instanceof Map<?, ?> map)) {
            return Map.of();
        }
        Map<String, String> texts = LinkedHashMap.newLinkedHashMap(map.size());
        map.forEach((key, item) -> {
            if (key instanceof String name && item instanceof String text && keep.test(name)) {
                texts.put(name.intern(), text);
            }
        });
        return texts;
    }
}
