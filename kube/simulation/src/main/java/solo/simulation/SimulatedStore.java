package solo.simulation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import solo.kube.Change;
import solo.kube.Index;
import solo.kube.Kind;
import solo.kube.RecordStore;
import solo.kube.Store;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.Projected;

/**
 * One kind's cache: the real {@link RecordStore}, fed by a watch that a test can hold back, break or send back in time.
 */
public final class SimulatedStore<R extends Projected> implements Store<R> {

    private final Kind<R> kind;
    private final SimulatedApiServer server;
    private final RecordStore<R> store;
    /** How many of the server's changes the watch has told. */
    private int position;

    SimulatedStore(Kind<R> kind, SimulatedApiServer server) {
        this.kind = kind;
        this.server = server;
        this.store = new RecordStore<>(kind, server.clock());
        list(history().size());
    }

    Kind<R> kind() {
        return kind;
    }

    /** The cache behind, for the answers to our own writes. */
    RecordStore<R> records() {
        return store;
    }

    @Override
    public @Nullable R get(ObjectKey key) {
        return store.get(key);
    }

    @Override
    public List<R> byIndex(Index<R> index, String value) {
        return store.byIndex(index, value);
    }

    @Override
    public List<R> all() {
        return store.all();
    }

    @Override
    public void onChange(Consumer<Change<R>> listener) {
        store.onChange(listener);
    }

    /** How many changes wait to be told. */
    public int lag() {
        synchronized (server) {
            return history().size() - position;
        }
    }

    /** Tells the next change, if there is one. */
    public boolean deliverOne() {
        synchronized (server) {
            if (lag() == 0) {
                return false;
            }
            WatchEvent event = history().get(position++).seenThrough(kind.selection());
            if (event != null && event.type() == WatchEvent.Type.DELETED) {
                store.gone(event.key());
            } else if (event != null) {
                store.watched(record(event.object()));
            }
            return true;
        }
    }

    public void deliverAll() {
        while (deliverOne()) {}
    }

    /** The watch was lost for too long (410 Gone) and lists anew: what happened in between is seen only as a sum. */
    public void relist() {
        synchronized (server) {
            list(history().size());
        }
    }

    /** As {@link #relist}, from an API server that lags by so many changes: time goes backwards (k8s #59848). */
    public void relistStale(int changes) {
        synchronized (server) {
            list(Math.max(0, history().size() - changes));
        }
    }

    private void list(int to) {
        position = to;
        Map<ObjectKey, Map<String, Object>> listed =
                new TreeMap<>(SimulatedCluster.replay(history().subList(0, to)));
        listed.values().removeIf(object -> !admits(object));
        listed.values().forEach(object -> store.watched(record(object)));
        for (ObjectKey key : store.watchedKeys()) {
            if (!listed.containsKey(key)) {
                store.gone(key);
            }
        }
    }

    private boolean admits(Map<String, Object> object) {
        return kind.selection().admits(new Json(object));
    }

    private R record(Map<String, Object> object) {
        return kind.projection().apply(new Json(object));
    }

    private List<WatchEvent> history() {
        return server.history(kind.resource());
    }
}
