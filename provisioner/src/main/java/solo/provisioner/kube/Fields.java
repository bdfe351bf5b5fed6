package solo.provisioner.kube;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fields of bodies. */
final class Fields {
    private Fields() {}

    /** What is absent stays absent, instead of null. */
    static void put(Map<String, Object> body, String field, @Nullable Object value) {
        if (value != null) {
            body.put(field, value);
        }
    }
}
