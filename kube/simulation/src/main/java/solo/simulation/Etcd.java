package solo.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import solo.kube.Kind.Resource;
import solo.kube.model.ObjectKey;

/** Keeps objects by kind and key, gives each change a number, and remembers all changes for watches. */
final class Etcd {

    private final Map<Resource, SortedMap<ObjectKey, Map<String, Object>>> objects = new HashMap<>();
    private final Map<Resource, List<WatchEvent>> history = new HashMap<>();
    private final List<BiConsumer<Resource, WatchEvent>> listeners = new ArrayList<>();
    private long revision = 100;
    private long compacted;

    long revision() {
        return revision;
    }

    /** What was before now is forgotten for watches that are still to come. */
    void compact() {
        compacted = revision;
    }

    /** Watches from before this revision are too late. */
    long compacted() {
        return compacted;
    }

    void listen(BiConsumer<Resource, WatchEvent> listener) {
        listeners.add(listener);
    }

    List<WatchEvent> history(Resource resource) {
        return history.computeIfAbsent(resource, any -> new ArrayList<>());
    }

    SortedMap<ObjectKey, Map<String, Object>> all(Resource resource) {
        return objects.computeIfAbsent(resource, any -> new TreeMap<>());
    }

    @Nullable
    Map<String, Object> get(Resource resource, ObjectKey key) {
        return all(resource).get(key);
    }

    /** Answers with what is stored: the object with its new resourceVersion. */
    Map<String, Object> put(Resource resource, ObjectKey key, Map<String, Object> object) {
        Map<String, Object> stored = Trees.with(object, Long.toString(++revision), "metadata", "resourceVersion");
        Map<String, Object> before = all(resource).put(key, stored);
        WatchEvent.Type type = before == null ? WatchEvent.Type.ADDED : WatchEvent.Type.MODIFIED;
        tell(resource, new WatchEvent(type, key, revision, stored, before));
        return stored;
    }

    /**
     * Answers with the object as it was to be last, under the resourceVersion of its end. Watches tell what was stored: of
     * one that ended with its last finalizer, still with it.
     */
    Map<String, Object> remove(Resource resource, ObjectKey key, Map<String, Object> last) {
        Map<String, Object> before = all(resource).remove(key);
        tell(resource, WatchEvent.gone(key, ++revision, before));
        return Trees.with(last, Long.toString(revision), "metadata", "resourceVersion");
    }

    private void tell(Resource resource, WatchEvent event) {
        history(resource).add(event);
        List.copyOf(listeners).forEach(listener -> listener.accept(resource, event));
    }
}
