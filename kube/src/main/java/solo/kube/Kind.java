package solo.kube;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import solo.kube.model.Json;
import solo.kube.model.ObjectMeta;
import solo.kube.model.ObjectReference;
import solo.kube.model.Projected;

/**
 * One kind of API object as a controller sees it: where it is served and which record is made of it.
 *
 * @param projection from the whole object to the record; runs once for every watch event
 * @param indexes the look-ups that stores of this kind offer
 * @param selection which objects are watched; a kind that is narrowed has to be the same object wherever it is used
 * @param kept which of the watched objects a store keeps, for what no selector can say; it must hold for an object's
 *     whole life or never
 */
public record Kind<R extends Projected>(
        Resource resource,
        Function<Json, R> projection,
        List<Index<R>> indexes,
        Selection selection,
        Predicate<? super R> kept) {

    /** A kind of which every watched object is kept. */
    public Kind(Resource resource, Function<Json, R> projection, List<Index<R>> indexes, Selection selection) {
        this(resource, projection, indexes, selection, Kind::everyOne);
    }

    /** A kind of which every object is watched. */
    public Kind(Resource resource, Function<Json, R> projection, List<Index<R>> indexes) {
        this(resource, projection, indexes, Selection.EVERYTHING);
    }

    /**
     * Objects of one namespace (empty for all) that carry all these labels and values.
     *
     * @param fields field selectors that the API server knows for the kind, as {@code involvedObject.kind} of events
     */
    public record Selection(String namespace, Map<String, String> labels, Map<String, String> fields) {
        public static final Selection EVERYTHING = new Selection("", Map.of());

        public Selection {
            labels = Map.copyOf(labels);
            fields = Map.copyOf(fields);
        }

        public Selection(String namespace, Map<String, String> labels) {
            this(namespace, labels, Map.of());
        }

        /** What the API server decides before it sends an object. */
        public boolean admits(Json object) {
            return (namespace.isEmpty()
                            || namespace.equals(
                                    object.at("metadata", "namespace").text()))
                    && object.at("metadata", "labels").textMap().entrySet().containsAll(labels.entrySet())
                    && fields.entrySet().stream()
                            .allMatch(field -> field.getValue()
                                    .equals(at(object, field.getKey()).text()));
        }

        private static Json at(Json object, String path) {
            Json json = object;
            for (String field : path.split("\\.", -1)) {
                json = json.at(field);
            }
            return json;
        }
    }

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

    /** This kind with stores that keep only such objects; the others are as good as not there. */
    public Kind<R> keeping(Predicate<? super R> wanted) {
        return new Kind<>(resource, projection, indexes, selection, wanted);
    }

    private static boolean everyOne(Projected record) {
        return true;
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
