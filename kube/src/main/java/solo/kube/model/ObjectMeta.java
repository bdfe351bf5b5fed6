package solo.kube.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What rules need of an object's metadata. Annotations and labels hold only those a projection chose to keep.
 * Equality of objects is uid plus key, never the instance.
 */
public record ObjectMeta(
        ObjectKey key,
        String uid,
        String resourceVersion,
        @Nullable Instant created,
        @Nullable Instant deleted,
        List<String> finalizers,
        Map<String, String> annotations,
        Map<String, String> labels) {

    public ObjectMeta {
        finalizers = List.copyOf(finalizers);
        annotations = Map.copyOf(annotations);
        labels = Map.copyOf(labels);
    }

    /** Reads {@code metadata} of a whole object, keeping the annotations and labels that {@code keep} accepts. */
    public static ObjectMeta of(Json object, Predicate<String> keep) {
        Json meta = object.at("metadata");
        return new ObjectMeta(
                new ObjectKey(
                        meta.at("namespace").text("").intern(), meta.at("name").text("")),
                meta.at("uid").text(""),
                meta.at("resourceVersion").text(""),
                meta.at("creationTimestamp").time(),
                meta.at("deletionTimestamp").time(),
                meta.at("finalizers").texts().stream().map(String::intern).toList(),
                meta.at("annotations").textMap(keep),
                meta.at("labels").textMap(keep));
    }

    /** The same without its resourceVersion, to see whether anything else has changed. */
    public ObjectMeta unversioned() {
        return new ObjectMeta(key, uid, "", created, deleted, finalizers, annotations, labels);
    }

    /** True once somebody asked for deletion (metadata.deletionTimestamp). */
    public boolean deleting() {
        return deleted != null;
    }

    public boolean hasFinalizer(String finalizer) {
        return finalizers.contains(finalizer);
    }

    public @Nullable String annotation(String name) {
        return annotations.get(name);
    }
}
