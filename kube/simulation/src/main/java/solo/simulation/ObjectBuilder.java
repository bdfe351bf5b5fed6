package solo.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import solo.kube.Kind.Resource;
import solo.kube.model.ObjectKey;

/** Builds an API object for a test, which says only what matters to it; see {@link Objects}. */
public abstract class ObjectBuilder<B extends ObjectBuilder<B>> {

    private final Resource resource;
    private Map<String, Object> tree;

    /** {@code name} is {@code namespace/name} for namespaced kinds. */
    protected ObjectBuilder(Resource resource, String name) {
        this.resource = resource;
        ObjectKey key = Objects.key(name);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", key.name());
        if (!key.namespace().isEmpty()) {
            metadata.put("namespace", key.namespace());
        }
        tree = Trees.object(Map.of("apiVersion", resource.apiVersion(), "kind", resource.kind(), "metadata", metadata));
    }

    /** This builder, as its own type. */
    protected abstract B self();

    Resource resource() {
        return resource;
    }

    /** Sets any field: the path first, the value last. */
    public B with(Object value, String... path) {
        tree = Trees.with(tree, value, path);
        return self();
    }

    public B without(String... path) {
        tree = Trees.with(tree, null, path);
        return self();
    }

    public B uid(String uid) {
        return with(uid, "metadata", "uid");
    }

    public B annotation(String name, String value) {
        return with(value, "metadata", "annotations", name);
    }

    public B label(String name, String value) {
        return with(value, "metadata", "labels", name);
    }

    public B finalizer(String name) {
        List<String> finalizers = new ArrayList<>(Trees.texts(tree, "metadata", "finalizers"));
        finalizers.add(name);
        return with(finalizers, "metadata", "finalizers");
    }

    /** Somebody has asked for its deletion; give it a finalizer too, or the real server would not hold it any more. */
    public B deleting() {
        return with(VirtualClock.START.toString(), "metadata", "deletionTimestamp");
    }

    public Map<String, Object> build() {
        return tree;
    }
}
