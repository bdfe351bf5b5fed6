package solo.simulation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import solo.kube.Change;
import solo.kube.Index;
import solo.kube.Kind;
import solo.kube.Store;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.Projected;

/**
 * One kind's cache, fed by a watch that a test can hold back, break or send back in time. Reads of what this process
 * wrote are never older than the write, as with the real one: written records cover cached ones until the watch has
 * come that far.
 */
public final class SimulatedStore<R extends Projected> implements Store<R> {

    private final Kind<R> kind;
    private final SimulatedApiServer server;
    private final Map<ObjectKey, R> cached = new TreeMap<>();
    private final Map<ObjectKey, Written<R>> overlay = new HashMap<>();
    private final List<Consumer<Change<R>>> listeners = new ArrayList<>();
    private int position;
    private long seen;

    /** {@code record} is null where our own write was the end of the object. */
    private record Written<R>(long revision, @Nullable R record) {}

    SimulatedStore(Kind<R> kind, SimulatedApiServer server) {
        this.kind = kind;
        this.server = server;
        list(history().size());
    }

    Kind<R> kind() {
        return kind;
    }

    @Override
    public @Nullable R get(ObjectKey key) {
        synchronized (server) {
            Written<R> written = overlay.get(key);
            return written != null && written.revision > seen ? written.record : cached.get(key);
        }
    }

    @Override
    public List<R> byIndex(Index<R> index, String value) {
        if (!kind.indexes().contains(index)) {
            throw new IllegalArgumentException("kind " + kind.resource().kind() + " declares no index " + index.name());
        }
        return all().stream()
                .filter(record -> index.values().apply(record).contains(value))
                .toList();
    }

    @Override
    public List<R> all() {
        synchronized (server) {
            if (overlay.isEmpty()) {
                return List.copyOf(cached.values());
            }
            Set<ObjectKey> keys = new LinkedHashSet<>(cached.keySet());
            keys.addAll(overlay.keySet());
            List<R> records = new ArrayList<>();
            for (ObjectKey key : keys) {
                R record = get(key);
                if (record != null) {
                    records.add(record);
                }
            }
            return records;
        }
    }

    @Override
    public void onChange(Consumer<Change<R>> listener) {
        synchronized (server) {
            listeners.add(listener);
        }
    }

    /** True when the server has changes that this watch has not told yet. */
    public boolean behind() {
        synchronized (server) {
            return position < history().size();
        }
    }

    /** Tells the next change, if there is one. */
    public boolean deliverOne() {
        synchronized (server) {
            if (!behind()) {
                return false;
            }
            WatchEvent event = history().get(position++);
            forget(event.revision());
            R before = cached.get(event.key());
            if (event.type() == WatchEvent.Type.DELETED) {
                cached.remove(event.key());
                tell(before, null);
            } else {
                R after = kind.projection().apply(new Json(event.object()));
                cached.put(event.key(), after);
                tell(before, after);
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
        Map<ObjectKey, Map<String, Object>> state =
                SimulatedCluster.replay(history().subList(0, to));
        position = to;
        seen = to == 0 ? 0 : history().get(to - 1).revision();
        overlay.values().removeIf(written -> written.revision <= seen);
        Map<ObjectKey, R> before = new LinkedHashMap<>(cached);
        cached.clear();
        state.forEach((key, object) -> cached.put(key, kind.projection().apply(new Json(object))));
        before.forEach((key, record) -> {
            if (!cached.containsKey(key)) {
                tell(record, null);
            }
        });
        cached.forEach((key, record) -> {
            R old = before.get(key);
            if (!record.equals(old)) {
                tell(old, record);
            }
        });
    }

    void written(R record) {
        synchronized (server) {
            long revision = Long.parseLong(record.meta().resourceVersion());
            if (revision > seen) {
                boolean gone =
                        record.meta().deleting() && record.meta().finalizers().isEmpty();
                overlay.put(record.key(), new Written<>(revision, gone ? null : record));
            }
        }
    }

    private void forget(long upTo) {
        seen = upTo;
        overlay.values().removeIf(written -> written.revision <= seen);
    }

    private void tell(@Nullable R before, @Nullable R after) {
        Change<R> change = new Change<>(before, after);
        List.copyOf(listeners).forEach(listener -> listener.accept(change));
    }

    private List<WatchEvent> history() {
        return server.history(kind.resource());
    }

    /** How many changes wait to be told. */
    public int lag() {
        synchronized (server) {
            return history().size() - position;
        }
    }

    Collection<ObjectKey> keys() {
        synchronized (server) {
            return List.copyOf(cached.keySet());
        }
    }
}
