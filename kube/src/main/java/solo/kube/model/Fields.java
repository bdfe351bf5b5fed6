package solo.kube.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fields of the bodies that are sent to the API server. */
public final class Fields {
    private Fields() {}

    /** What is absent stays absent, instead of null. */
    public static void put(Map<String, Object> body, String field, @Nullable Object value) {
        if (value != null) {
            body.put(field, value);
        }
    }
}
