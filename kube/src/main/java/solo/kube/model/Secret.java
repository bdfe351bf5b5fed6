package solo.kube.model;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A Secret's data, decoded (core/v1 Secret). Read live and never cached; shows nothing in {@code toString}. */
public record Secret(ObjectMeta meta, Map<String, String> data) implements Projected {

    public Secret {
        data = Map.copyOf(data);
    }

    public static Secret of(Json object) {
        Map<String, String> decoded = new LinkedHashMap<>();
        object.at("data")
                .textMap()
                .forEach((key, value) ->
                        decoded.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        return new Secret(ObjectMeta.of(object, key -> false), decoded);
    }

    @Override
    public String toString() {
        return "Secret[" + meta.key() + "]";
    }
}
