package solo.simulation;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Clock;
import solo.kube.Kind;
import solo.kube.Kind.Resource;
import solo.kube.Kind.Scope;
import solo.kube.Kind.Selection;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.Patch;

/**
 * An API server in memory: resourceVersions, conflicts, finalizers, status subresources, generateName and three kinds
 * of patches as the real one has them. {@link ApiServerContract} holds both to the same behaviour.
 *
 * <p>{@code create, patch, delete, get} are requests: counted, and struck by planned {@link Fault}s. {@code put, add,
 * edit, remove, find, object, objects} are the test's own hands: never counted, never failing.
 */
public final class SimulatedApiServer {

    private final Clock clock;
    private final Etcd etcd = new Etcd();
    private final Map<Resource, ResourceRules> rules = new HashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<Admission> admissions = new ArrayList<>();
    private final Requests requests = new Requests();
    private final Set<String> removedByForce = ConcurrentHashMap.newKeySet();
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

    /** The newest resourceVersion given out. */
    public synchronized long revision() {
        return etcd.revision();
    }

    /** Called with the server's lock held, for every change in order. */
    synchronized void listen(BiConsumer<Resource, WatchEvent> listener) {
        etcd.listen(listener);
    }

    synchronized List<WatchEvent> history(Resource resource) {
        return etcd.history(resource);
    }

    /** What is there, and up to which version a watch need not ask. Not older than {@code atLeast}. */
    synchronized Listed list(Resource resource, Selection selection, long atLeast) throws Unanswerable {
        if (atLeast > etcd.revision()) {
            throw new Unanswerable(
                    504, "Timeout", "Too large resource version: " + atLeast + ", current: " + etcd.revision());
        }
        List<Json> items = objects(resource).stream().filter(selection::admits).toList();
        return new Listed(items, etcd.revision());
    }

    /** What a watch from this version on has told when it ends now. */
    synchronized List<WatchEvent> watch(Resource resource, Selection selection, long since) throws Unanswerable {
        if (since < etcd.compacted()) {
            throw new Unanswerable(
                    410, "Expired", "too old resource version: " + since + " (" + etcd.compacted() + ")");
        }
        return etcd.history(resource).stream()
                .filter(event -> event.revision() > since)
                .map(event -> event.seenThrough(selection))
                .filter(Objects::nonNull)
                .toList();
    }

    /** From now on nobody can begin a watch in the past. */
    synchronized void compact() {
        etcd.compact();
    }

    record Listed(List<Json> items, long version) {}

    /** A list or watch for a version that the server does not have any more, or not yet. */
    static final class Unanswerable extends Exception {
        private static final long serialVersionUID = 1L;
        private final int code;
        private final String reason;

        Unanswerable(int code, String reason, String message) {
            super(message);
            this.code = code;
            this.reason = reason;
        }

        String reason() {
            return reason;
        }

        int code() {
            return code;
        }
    }

    // --- the test's own hands ---

    /** Stores an object exactly as built, status included, whatever was there before. */
    public Json put(ObjectBuilder<?> object) {
        return put(object.resource(), object.build());
    }

    public Json put(Kind<?> kind, Map<String, ?> tree) {
        return put(kind.resource(), tree);
    }

    synchronized Json put(Resource resource, Map<String, ?> tree) {
        Map<String, Object> object = typed(resource, Trees.object(tree));
        Map<String, Object> before = etcd.get(resource, keyOf(object));
        if (Trees.at(object, "metadata", "uid") == null) {
            String uid = before == null ? null : Trees.text(before, "metadata", "uid");
            object = Trees.with(object, uid == null ? uid() : uid, "metadata", "uid");
        }
        if (Trees.at(object, "metadata", "creationTimestamp") == null) {
            object = Trees.with(object, timestamp(), "metadata", "creationTimestamp");
        }
        return new Json(etcd.put(resource, keyOf(object), object));
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

    /** Somebody else changes an object, by whatever means, status included. */
    public Json edit(Kind<?> kind, ObjectKey key, UnaryOperator<Map<String, Object>> change) {
        return edit(kind.resource(), key, change);
    }

    synchronized Json edit(Resource resource, ObjectKey key, UnaryOperator<Map<String, Object>> change) {
        Map<String, Object> before = etcd.get(resource, key);
        if (before == null) {
            throw new AssertionError("no " + resource.plural() + " " + key + "; there are "
                    + etcd.all(resource).keySet());
        }
        return new Json(update(resource, key, before, tidy(Trees.object(change.apply(before)))));
    }

    /** Somebody else deletes an object, if it is there. */
    public void remove(Kind<?> kind, ObjectKey key) {
        remove(kind.resource(), key);
    }

    synchronized void remove(Resource resource, ObjectKey key) {
        Map<String, Object> before = etcd.get(resource, key);
        if (before != null) {
            died(resource, key, before);
        }
    }

    /** Somebody else changes the finalizers of an object. */
    public Json finalizers(Kind<?> kind, ObjectKey key, UnaryOperator<List<String>> change) {
        return edit(kind, key, tree -> {
            List<String> after = change.apply(Trees.texts(tree, "metadata", "finalizers"));
            return Trees.with(tree, after.isEmpty() ? null : after, "metadata", "finalizers");
        });
    }

    /** {@code kubectl patch} with no finalizers and {@code kubectl delete}, in this order; if there is such an object. */
    public void removeByForce(Kind<?> kind, ObjectKey key) {
        Json object = find(kind, key);
        if (object != null) {
            removedByForce.add(KubernetesObjects.uid(object));
            finalizers(kind, key, any -> List.of());
            remove(kind, key);
        }
    }

    /** Whether {@link #removeByForce} took the object of this uid away. */
    public boolean wasRemovedByForce(String uid) {
        return removedByForce.contains(uid);
    }

    /** As the server holds it now; null if there is none. */
    public @Nullable Json find(Kind<?> kind, ObjectKey key) {
        return find(kind.resource(), key);
    }

    synchronized @Nullable Json find(Resource resource, ObjectKey key) {
        Map<String, Object> object = etcd.get(resource, key);
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
        Collection<Map<String, Object>> all = etcd.all(resource).values();
        return all.stream().<Json>map(Json::new).toList();
    }

    // --- requests ---

    synchronized Map<String, Object> create(Resource resource, Map<String, ?> tree) throws ApiException {
        requests.add(Verb.CREATE, resource, "");
        return request(Verb.CREATE, resource, () -> born(resource, tree));
    }

    synchronized Map<String, Object> patch(Resource resource, ObjectKey key, Patch patch) throws ApiException {
        requests.add(Verb.PATCH, resource, patch.status() ? "status" : "");
        return request(Verb.PATCH, resource, () -> patched(resource, key, patch));
    }

    /** Answers with the object as it is now, or was last. */
    synchronized Map<String, Object> delete(Resource resource, ObjectKey key, @Nullable String uid)
            throws ApiException {
        requests.add(Verb.DELETE, resource, "");
        return request(Verb.DELETE, resource, () -> {
            Map<String, Object> before = existing(resource, key);
            String found = Trees.text(before, "metadata", "uid");
            if (uid != null && !uid.equals(found)) {
                throw new ApiException(
                        Failure.CONFLICT,
                        "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + found);
            }
            return died(resource, key, before);
        });
    }

    synchronized @Nullable Map<String, Object> get(Resource resource, ObjectKey key) throws ApiException {
        requests.add(Verb.GET, resource, "");
        Map<String, Object> found = request(Verb.GET, resource, () -> {
            Map<String, Object> object = etcd.get(resource, key);
            return object == null ? Map.of() : object;
        });
        return found.isEmpty() ? null : found;
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

    // --- from birth to death ---

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
            // Five characters, as the real one appends; not random, so that a run can be repeated.
            object = Trees.with(object, prefix + "%05d".formatted(++names), "metadata", "name");
        }
        if ((resource.scope() == Scope.NAMESPACED) == (Trees.text(object, "metadata", "namespace") == null)) {
            throw new ApiException(Failure.INVALID, "metadata.namespace does not fit " + resource.plural());
        }
        ObjectKey key = keyOf(object);
        if (etcd.get(resource, key) != null) {
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
        return etcd.put(resource, key, tidy(object));
    }

    private Map<String, Object> patched(Resource resource, ObjectKey key, Patch patch) throws ApiException {
        ResourceRules kind = rules(resource);
        Map<String, Object> before = existing(resource, key);
        if (patch.status() && !kind.hasStatus()) {
            throw notFound(resource, key);
        }
        Map<String, Object> wanted = tidy(applied(kind, before, patch));
        Object version = Trees.at(wanted, "metadata", "resourceVersion");
        if (version != null && !version.equals(Trees.at(before, "metadata", "resourceVersion"))) {
            throw new ApiException(
                    Failure.CONFLICT,
                    "Operation cannot be fulfilled on " + resource.plural() + " \"" + key.name()
                            + "\": the object has been modified; please apply your changes to the latest version"
                            + " and try again");
        }
        for (String field : List.of("name", "namespace", "uid", "creationTimestamp", "deletionTimestamp")) {
            if (!Objects.equals(Trees.at(before, "metadata", field), Trees.at(wanted, "metadata", field))) {
                throw new ApiException(Failure.INVALID, "metadata." + field + ": Invalid value: field is immutable");
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

    private Map<String, Object> update(
            Resource resource, ObjectKey key, Map<String, Object> before, Map<String, Object> after) {
        Object version = Trees.at(before, "metadata", "resourceVersion");
        Map<String, Object> next = Trees.with(after, version, "metadata", "resourceVersion");
        if (next.equals(before)) {
            return before;
        }
        if (deleting(next) && Trees.texts(next, "metadata", "finalizers").isEmpty()) {
            return etcd.remove(resource, key, next);
        }
        if (rules(resource).countsGenerations() && !content(before).equals(content(next))) {
            Object generation = Trees.at(before, "metadata", "generation");
            next = Trees.with(next, generation instanceof Long last ? last + 1 : 1L, "metadata", "generation");
        }
        return etcd.put(resource, key, next);
    }

    private Map<String, Object> died(Resource resource, ObjectKey key, Map<String, Object> before) {
        if (Trees.texts(before, "metadata", "finalizers").isEmpty()) {
            return etcd.remove(resource, key, before);
        }
        return deleting(before)
                ? before
                : etcd.put(resource, key, Trees.with(before, timestamp(), "metadata", "deletionTimestamp"));
    }

    // --- small things ---

    private static Map<String, Object> content(Map<String, Object> object) {
        Map<String, Object> rest = new LinkedHashMap<>(object);
        rest.remove("metadata");
        rest.remove("status");
        return rest;
    }

    private Map<String, Object> existing(Resource resource, ObjectKey key) throws ApiException {
        Map<String, Object> found = etcd.get(resource, key);
        if (found == null) {
            throw notFound(resource, key);
        }
        return found;
    }

    private static ApiException notFound(Resource resource, ObjectKey key) {
        return new ApiException(Failure.NOT_FOUND, resource.plural() + " \"" + key.name() + "\" not found");
    }

    private ResourceRules rules(Resource resource) {
        return rules.computeIfAbsent(resource, ResourceRules::of);
    }

    private static boolean deleting(Map<String, Object> object) {
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

    private String uid() {
        return "00000000-0000-4000-8000-%012x".formatted(++names);
    }

    private String timestamp() {
        return clock.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
