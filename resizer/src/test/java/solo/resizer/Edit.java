package solo.resizer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import solo.kube.model.Json;

/** What somebody else does to an object. */
final class Edit {
    private Edit() {}

    static UnaryOperator<Map<String, Object>> set(Object value, String... path) {
        return tree -> with(tree, value, List.of(path));
    }

    private static Map<String, Object> with(Map<?, ?> tree, Object value, List<String> path) {
        Map<String, Object> copy = new LinkedHashMap<>();
        tree.forEach((key, item) -> copy.put((String) key, item));
        String field = path.getFirst();
        Object inner = new Json(copy).at(field).value();
        copy.put(
                field,
                path.size() == 1
                        ? value
                        : with(inner instanceof Map<?, ?> map ? map : Map.of(), value, path.subList(1, path.size())));
        return copy;
    }
}
