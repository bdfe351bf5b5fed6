package solo.simulation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Clock;
import solo.kube.Kind;
import solo.kube.Kind.Resource;
import solo.kube.Kind.Scope;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.Patch;

/**
 * An API server in memory: resourceVersions, conflicts, finalizers, status subresources, generateName and three kinds
 * of patches as the real one has them. {@link ApiServerContract} holds both to the same behaviour.
 *
 * <p>{@code create, patch, delete, get} are requests: counted, and struck by planned {@link Fault}s. {@code put, edit,
 * object, objects} are the test's own hands: never counted, never failing.
 */
public final class SimulatedApiServer {

    private final Clock clock;
    private final Map<Resource, SortedMap<ObjectKey, Map<String, Object>>> objects = new HashMap<>();
    private final Map<Resource, List<WatchEvent>> history = new HashMap<>();
    private final Map<Resource, ResourceRules> rules = new HashMap<>();
    private final List<BiConsumer<Resource, WatchEvent>> listeners = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<Admission> admissions = new ArrayList<>();
    private final Requests requests = new Requests();
    private long revision = 100;
    private int names;

    /** What is done to every new object of any kind before it is stored, like admission plug-ins do. */
    @FunctionalInterface
    public interface Admission {
        Map<String, Object> admit(Resource resource, Map<String, Object> object);
    }

    public SimulatedApiServer(Clock clock) {
        this.clock = clock;
    }

    Clock clock() {
        return clock;
    }

    public Requests requests() {
        return requests;
    }

    /** Plans that a coming request fails; faults of one verb and kind strike in the order they were planned. */
    public synchronized void fail(Fault fault) {
        faults.add(fault);
    }

    public synchronized void admission(Admission admission) {
        admissions.add(admission);
    }

    /** Called with the server's lock held, for every change in order. */
    synchronized void listen(BiConsumer<Resource, WatchEvent> listener) {
        listeners.add(listener);
    }

    synchronized List<WatchEvent> history(Resource resource) {
        return history.computeIfAbsent(resource, any -> new ArrayList<>());
    }

    /** The newest resourceVersion given out. */
    public synchronized long revision() {
        return revision;
    }

    // --- the test's own hands ---

    /** Stores an object exactly as built, status included, whatever was there before. */
    public synchronized Json put(ObjectBuilder<?> object) {
        return put(object.resource(), object.build());
    }

    public Json put(Kind<?> kind, Map<String, ?> tree) {
        return put(kind.resource(), tree);
    }

    synchronized Json put(Resource resource, Map<String, ?> tree) {
        Map<String, Object> object = typed(resource, Trees.object(tree));
        ObjectKey key = keyOf(object);
        Map<String, Object> before = table(resource).get(key);
        if (Trees.at(object, "metadata", "uid") == null) {
            object =
                    Trees.with(object, before == null ? uid() : Trees.at(before, "metadata", "uid"), "metadata", "uid");
        }
        if (Trees.at(object, "metadata", "creationTimestamp") == null) {
            object = Trees.with(object, timestamp(), "metadata", "creationTimestamp");
        }
        return new Json(
                store(resource, key, object, before == null ? WatchEvent.Type.ADDED : WatchEvent.Type.MODIFIED));
    }

    /** Somebody else changes an object, by whatever means, status included. */
    public synchronized Json edit(Kind<?> kind, ObjectKey key, UnaryOperator<Map<String, Object>> change) {
        return edit(kind.resource(), key, change);
    }

    synchronized Json edit(Resource resource, ObjectKey key, UnaryOperator<Map<String, Object>> change) {
        Map<String, Object> before = table(resource).get(key);
        if (before == null) {
            throw new AssertionError("no " + resource.plural() + " " + key + "; there are "
                    + table(resource).keySet());
        }
        return new Json(update(resource, key, before, tidy(Trees.object(change.apply(before)))));
    }

    /** Somebody else creates an object: unlike {@code put} with defaults, admission and an empty status. */
    public Json add(ObjectBuilder<?> object) {
        return add(object.resource(), object.build());
    }

    synchronized Json add(Resource resource, Map<String, ?> tree) {
        try {
            return new Json(born(resource, tree));
        } catch (ApiException refused) {
            throw new AssertionError("the test made an object that no server takes", refused);
        }
    }

    /** Somebody else deletes an object, if it is there. */
    public void remove(Kind<?> kind, ObjectKey key) {
        remove(kind.resource(), key);
    }

    synchronized void remove(Resource resource, ObjectKey key) {
        Map<String, Object> before = table(resource).get(key);
        if (before != null) {
            died(resource, key, before);
        }
    }

    /** As the server holds it now; null if there is none. */
    public @Nullable Json find(Kind<?> kind, ObjectKey key) {
        return find(kind.resource(), key);
    }

    synchronized @Nullable Json find(Resource resource, ObjectKey key) {
        Map<String, Object> object = table(resource).get(key);
        return object == null ? null : new Json(object);
    }

    /** As the server holds it now; fails the test if there is none. */
    public Json object(Kind<?> kind, ObjectKey key) {
        Json object = find(kind, key);
        if (object == null) {
            throw new AssertionError("no " + kind.resource().plural() + " " + key);
        }
        return object;
    }

    /** Everything of a kind, by key. */
    public List<Json> objects(Kind<?> kind) {
        return objects(kind.resource());
    }

    synchronized List<Json> objects(Resource resource) {
        return table(resource).values().stream().<Json>map(Json::new).toList();
    }

    synchronized Collection<Map<String, Object>> trees(Resource resource) {
        return List.copyOf(table(resource).values());
    }

    // --- requests ---

    synchronized Map<String, Object> create(Resource resource, Map<String, ?> tree) throws ApiException {
        requests.add(Verb.CREATE, resource, "");
        return request(Verb.CREATE, resource, () -> born(resource, tree));
    }

    synchronized Map<String, Object> patch(Resource resource, ObjectKey key, Patch patch) throws ApiException {
        requests.add(Verb.PATCH, resource, patch.status() ? "status" : "");
        return request(Verb.PATCH, resource, () -> {
            ResourceRules kind = rules(resource);
            Map<String, Object> before = table(resource).get(key);
            if (before == null || (patch.status() && !kind.hasStatus())) {
                throw notFound(resource, key);
            }
            Map<String, Object> wanted = tidy(applied(kind, before, patch));
            if (!Objects.equals(
                    Trees.at(before, "metadata", "resourceVersion"), Trees.at(wanted, "metadata", "resourceVersion"))) {
                if (Trees.at(wanted, "metadata", "resourceVersion") != null) {
                    throw new ApiException(
                            Failure.CONFLICT,
                            "Operation cannot be fulfilled on " + resource.plural() + " \"" + key.name()
                                    + "\": the object has been modified; please apply your changes to the latest version"
                                    + " and try again");
                }
            }
            for (String field : List.of("name", "namespace", "uid", "creationTimestamp", "deletionTimestamp")) {
                if (!Objects.equals(Trees.at(before, "metadata", field), Trees.at(wanted, "metadata", field))) {
                    throw new ApiException(
                            Failure.INVALID, "metadata." + field + ": Invalid value: field is immutable");
                }
            }
            Map<String, Object> after = kind.changed(before, wanted, patch.status());
            List<String> had = Trees.texts(before, "metadata", "finalizers");
            if (deleting(before) && !had.containsAll(Trees.texts(after, "metadata", "finalizers"))) {
                throw new ApiException(
                        Failure.INVALID,
                        "metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted");
            }
            return update(resource, key, before, after);
        });
    }

    /** Answers with the object as it is now, or was last. */
    synchronized Map<String, Object> delete(Resource resource, ObjectKey key, @Nullable String uid)
            throws ApiException {
        requests.add(Verb.DELETE, resource, "");
        return request(Verb.DELETE, resource, () -> {
            Map<String, Object> before = table(resource).get(key);
            if (before == null) {
                throw notFound(resource, key);
            }
            if (uid != null && !uid.equals(Trees.text(before, "metadata", "uid"))) {
                throw new ApiException(
                        Failure.CONFLICT,
                        "Precondition failed: UID in precondition: " + uid + ", UID in object meta: "
                                + Trees.text(before, "metadata", "uid"));
            }
            return died(resource, key, before);
        });
    }

    synchronized @Nullable Map<String, Object> get(Resource resource, ObjectKey key) throws ApiException {
        requests.add(Verb.GET, resource, "");
        Map<String, Object> found = request(Verb.GET, resource, () -> {
            Map<String, Object> object = table(resource).get(key);
            return object == null ? Map.of() : object;
        });
        return found.isEmpty() ? null : found;
    }

    // --- inside ---

    private Map<String, Object> born(Resource resource, Map<String, ?> tree) throws ApiException {
        Map<String, Object> object = typed(resource, Trees.object(tree));
        if (Trees.at(object, "metadata", "resourceVersion") != null) {
            throw new ApiException(Failure.INVALID, "resourceVersion should not be set on objects to be created");
        }
        if (Trees.text(object, "metadata", "name") == null) {
            String prefix = Trees.text(object, "metadata", "generateName");
            if (prefix == null) {
                throw new ApiException(Failure.INVALID, "name or generateName is required");
            }
            object = Trees.with(object, prefix + suffix(), "metadata", "name");
        }
        if ((resource.scope() == Scope.NAMESPACED) == (Trees.text(object, "metadata", "namespace") == null)) {
            throw new ApiException(Failure.INVALID, "metadata.namespace does not fit " + resource.plural());
        }
        ObjectKey key = keyOf(object);
        if (table(resource).containsKey(key)) {
            throw new ApiException(
                    Failure.ALREADY_EXISTS, resource.plural() + " \"" + key.name() + "\" already exists");
        }
        object = rules(resource).born(object);
        for (Admission admission : admissions) {
            object = admission.admit(resource, object);
        }
        object = Trees.with(object, uid(), "metadata", "uid");
        object = Trees.with(object, timestamp(), "metadata", "creationTimestamp");
        object = Trees.with(object, null, "metadata", "deletionTimestamp");
        if (rules(resource).countsGenerations()) {
            object = Trees.with(object, 1L, "metadata", "generation");
        }
        return store(resource, key, tidy(object), WatchEvent.Type.ADDED);
    }

    @FunctionalInterface
    private interface Work {
        Map<String, Object> run() throws ApiException;
    }

    private Map<String, Object> request(Verb verb, Resource resource, Work work) throws ApiException {
        Fault fault = null;
        for (Fault planned : faults) {
            if (planned.verb() == verb && planned.resource().equals(resource)) {
                fault = planned;
                break;
            }
        }
        if (fault == null) {
            return work.run();
        }
        faults.remove(fault);
        if (fault.when() == Fault.When.AFTER_EFFECT) {
            Map<String, Object> lost = work.run();
            throw new ApiException(fault.failure(), "simulated: answer lost, " + lost.get("kind") + " was written");
        }
        throw new ApiException(fault.failure(), "simulated: " + verb.text() + " " + resource.plural() + " refused");
    }

    private static Map<String, Object> applied(ResourceRules kind, Map<String, Object> before, Patch patch)
            throws ApiException {
        if (patch.type() == Patch.Type.STRATEGIC && !kind.takesStrategicPatches()) {
            throw new ApiException(Failure.INVALID, "the body of the request was in an unknown format (415)");
        }
        try {
            return switch (patch.type()) {
                case MERGE -> MergePatch.apply(before, (Map<?, ?>) patch.body());
                case STRATEGIC -> StrategicPatch.apply(before, (Map<?, ?>) patch.body());
                case JSON -> JsonPatch.apply(before, (List<?>) patch.body());
            };
        } catch (JsonPatch.Refused refused) {
            // 422 without a cause, which the real adapter takes for a conflict too: the object is not as expected.
            String why = "the server rejected our request due to an error in our request: " + refused.getMessage();
            throw new ApiException(Failure.CONFLICT, why);
        }
    }

    private Map<String, Object> died(Resource resource, ObjectKey key, Map<String, Object> before) {
        if (Trees.texts(before, "metadata", "finalizers").isEmpty()) {
            return remove(resource, key, before);
        }
        if (deleting(before)) {
            return before;
        }
        Map<String, Object> marked = Trees.with(before, timestamp(), "metadata", "deletionTimestamp");
        return store(resource, key, marked, WatchEvent.Type.MODIFIED);
    }

    private Map<String, Object> update(
            Resource resource, ObjectKey key, Map<String, Object> before, Map<String, Object> after) {
        Object version = Trees.at(before, "metadata", "resourceVersion");
        Map<String, Object> next = Trees.with(after, version, "metadata", "resourceVersion");
        if (next.equals(before)) {
            return before;
        }
        if (deleting(next) && Trees.texts(next, "metadata", "finalizers").isEmpty()) {
            return remove(resource, key, next);
        }
        if (rules(resource).countsGenerations() && !content(before).equals(content(next))) {
            Object generation = Trees.at(before, "metadata", "generation");
            next = Trees.with(next, generation instanceof Long last ? last + 1 : 1L, "metadata", "generation");
        }
        return store(resource, key, next, WatchEvent.Type.MODIFIED);
    }

    private static Map<String, Object> content(Map<String, Object> object) {
        Map<String, Object> rest = new LinkedHashMap<>(object);
        rest.remove("metadata");
        rest.remove("status");
        return rest;
    }

    private Map<String, Object> store(
            Resource resource, ObjectKey key, Map<String, Object> object, WatchEvent.Type type) {
        Map<String, Object> stored = Trees.with(object, Long.toString(++revision), "metadata", "resourceVersion");
        table(resource).put(key, stored);
        tell(resource, new WatchEvent(type, key, revision, stored));
        return stored;
    }

    private Map<String, Object> remove(Resource resource, ObjectKey key, Map<String, Object> last) {
        table(resource).remove(key);
        Map<String, Object> gone = Trees.with(last, Long.toString(++revision), "metadata", "resourceVersion");
        tell(resource, new WatchEvent(WatchEvent.Type.DELETED, key, revision, gone));
        return gone;
    }

    private void tell(Resource resource, WatchEvent event) {
        history(resource).add(event);
        List.copyOf(listeners).forEach(listener -> listener.accept(resource, event));
    }

    private SortedMap<ObjectKey, Map<String, Object>> table(Resource resource) {
        return objects.computeIfAbsent(resource, any -> new TreeMap<>());
    }

    private ResourceRules rules(Resource resource) {
        return rules.computeIfAbsent(resource, ResourceRules::of);
    }

    static boolean deleting(Map<String, Object> object) {
        return Trees.at(object, "metadata", "deletionTimestamp") != null;
    }

    static ObjectKey keyOf(Map<String, Object> object) {
        String name = Trees.text(object, "metadata", "name");
        if (name == null) {
            throw new IllegalArgumentException("no metadata.name in " + object);
        }
        String namespace = Trees.text(object, "metadata", "namespace");
        return new ObjectKey(namespace == null ? "" : namespace, name);
    }

    private static Map<String, Object> typed(Resource resource, Map<String, Object> object) {
        return Trees.with(Trees.with(object, resource.apiVersion(), "apiVersion"), resource.kind(), "kind");
    }

    /** Empty lists and maps of metadata are not kept, as their Go types say omitempty. */
    private static Map<String, Object> tidy(Map<String, Object> object) {
        Map<String, Object> tidied = object;
        for (String field : List.of("finalizers", "annotations", "labels", "ownerReferences")) {
            Object value = Trees.at(object, "metadata", field);
            if (List.of().equals(value) || Map.of().equals(value)) {
                tidied = Trees.with(tidied, null, "metadata", field);
            }
        }
        return tidied;
    }

    private static ApiException notFound(Resource resource, ObjectKey key) {
        return new ApiException(Failure.NOT_FOUND, resource.plural() + " \"" + key.name() + "\" not found");
    }

    private String uid() {
        return "00000000-0000-4000-8000-%012x".formatted(++names);
    }

    /** Five characters, as the real one appends; not random, so that a run can be repeated. */
    private String suffix() {
        return "%05d".formatted(++names);
    }

    private String timestamp() {
        Instant now = clock.now();
        return now.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
