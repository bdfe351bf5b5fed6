package solo.kube.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node's labels and whether it is ready (core/v1 Node); nothing else of it matters to storage.
 *
 * @param readiness null for a node of which nobody has said anything yet
 */
public record Node(ObjectMeta meta, @Nullable Readiness readiness) implements Projected {

    /** The condition Ready: {@code since} is when it last turned, where that is known. */
    public record Readiness(boolean ready, @Nullable Instant since) {}

    public Node(ObjectMeta meta) {
        this(meta, null);
    }

    public static Node of(Json object) {
        ObjectMeta all = ObjectMeta.of(object, key -> true);
        ObjectMeta meta = new ObjectMeta(
                all.key(),
                all.uid(),
                all.resourceVersion(),
                all.created(),
                all.deleted(),
                all.finalizers(),
                Map.of(),
                all.labels());
        return new Node(meta, readiness(object.at("status", "conditions")));
    }

    private static @Nullable Readiness readiness(Json conditions) {
        for (Json condition : conditions.items()) {
            if (condition.at("type").text("").equals("Ready")) {
                return new Readiness(
                        condition.at("status").text("").equals("True"),
                        condition.at("lastTransitionTime").time());
            }
        }
        return null;
    }
}
