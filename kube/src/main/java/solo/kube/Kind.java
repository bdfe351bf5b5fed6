package solo.kube;

import java.util.List;
import java.util.function.Function;
import solo.kube.model.Json;
import solo.kube.model.ObjectMeta;
import solo.kube.model.ObjectReference;
import solo.kube.model.Projected;

/**
 * One kind of API object as a controller sees it: where it is served and which record is made of it.
 *
 * @param projection from the whole object to the record; runs once for every watch event
 * @param indexes the look-ups that stores of this kind offer
 */
public record Kind<R extends Projected>(Resource resource, Function<Json, R> projection, List<Index<R>> indexes) {

    /** Where a kind is served. {@code group} is empty for the core group. */
    public record Resource(String group, String version, String plural, String kind, Scope scope) {
        public String apiVersion() {
            return group.isEmpty() ? version : group + "/" + version;
        }
    }

    /** Whether objects live in a namespace. */
    public enum Scope {
        NAMESPACED,
        CLUSTER
    }

    public Kind {
        indexes = List.copyOf(indexes);
    }

    /** A reference to an object of this kind, for events and claimRefs. */
    public ObjectReference reference(ObjectMeta meta) {
        return new ObjectReference(
                resource.apiVersion(), resource.kind(), meta.key(), meta.uid(), meta.resourceVersion());
    }

    public ObjectReference reference(R record) {
        return reference(record.meta());
    }
}
