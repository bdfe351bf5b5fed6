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

    long revision() {
        return revision;
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
        boolean known = all(resource).put(key, stored) != null;
        tell(resource, new WatchEvent(known ? WatchEvent.Type.MODIFIED : WatchEvent.Type.ADDED, key, revision, stored));
        return stored;
    }

    /** Answers with the object as it was last, under the resourceVersion of its end. */
    Map<String, Object> remove(Resource resource, ObjectKey key, Map<String, Object> last) {
        all(resource).remove(key);
        Map<String, Object> gone = Trees.with(last, Long.toString(++revision), "metadata", "resourceVersion");
        tell(resource, new WatchEvent(WatchEvent.Type.DELETED, key, revision, gone));
        return gone;
    }

    private void tell(Resource resource, WatchEvent event) {
        history(resource).add(event);
        List.copyOf(listeners).forEach(listener -> listener.accept(resource, event));
    }
}
