package solo.kube.model;

import java.util.Map;

/** A node's labels (core/v1 Node); nothing else of it matters to storage. */
public record Node(ObjectMeta meta) implements Projected {
    public static Node of(Json object) {
        ObjectMeta all = ObjectMeta.of(object, key -> true);
        return new Node(new ObjectMeta(
                all.key(),
                all.uid(),
                all.resourceVersion(),
                all.created(),
                all.deleted(),
                all.finalizers(),
                Map.of(),
                all.labels()));
    }
}
