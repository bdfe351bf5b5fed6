package solo.simulation;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solo.kube.ApiException;
import solo.kube.Cluster;
import solo.kube.Kind;
import solo.kube.Kind.Resource;
import solo.kube.Store;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.Projected;

/**
 * The read port onto a {@link SimulatedApiServer}: one watched store a kind, as one process has them. Changes arrive at
 * once unless the watches {@link #lag()}; then each waits to be delivered, and a watch may break and list anew.
 */
public final class SimulatedCluster implements Cluster {

    private final SimulatedApiServer server;
    private final Map<Resource, SimulatedStore<?>> stores = new LinkedHashMap<>();
    private boolean lagging;
    private boolean listening;

    public SimulatedCluster(SimulatedApiServer server) {
        this(server, false);
        listen();
    }

    private SimulatedCluster(SimulatedApiServer server, boolean lagging) {
        this.server = server;
        this.lagging = lagging;
    }

    /** A cluster whose watches tell nothing until they are made to. */
    static SimulatedCluster lagging(SimulatedApiServer server) {
        return new SimulatedCluster(server, true);
    }

    @Override
    public <R extends Projected> Store<R> store(Kind<R> kind) {
        return simulated(kind);
    }

    /** The store with its watch in the test's hands. */
    public <R extends Projected> SimulatedStore<R> simulated(Kind<R> kind) {
        synchronized (server) {
            SimulatedStore<?> store = stores.get(kind.resource());
            if (store == null) {
                SimulatedStore<R> fresh = new SimulatedStore<>(kind, server);
                server.requests().watched(kind.resource());
                stores.put(kind.resource(), fresh);
                return fresh;
            }
            if (!store.kind().equals(kind)) {
                throw new IllegalStateException("one projection a kind: " + kind.resource() + " has two");
            }
            @SuppressWarnings("unchecked") // made for an equal Kind<R>
            SimulatedStore<R> same = (SimulatedStore<R>) store;
            return same;
        }
    }

    @Override
    public <R extends Projected> @Nullable R live(Kind<R> kind, ObjectKey key) throws ApiException {
        Map<String, Object> object = server.get(kind.resource(), key);
        return object == null ? null : kind.projection().apply(new Json(object));
    }

    /** From now on changes wait until they are delivered. */
    public void lag() {
        lagging = true;
    }

    /** Delivers what waits, and everything at once from now on. */
    public void catchUp() {
        lagging = false;
        listen();
        synchronized (server) {
            List.copyOf(stores.values()).forEach(SimulatedStore::deliverAll);
        }
    }

    private void listen() {
        if (!listening) {
            listening = true;
            server.listen((resource, event) -> {
                SimulatedStore<?> store = stores.get(resource);
                if (!lagging && store != null) {
                    store.deliverAll();
                }
            });
        }
    }

    Collection<SimulatedStore<?>> stores() {
        return stores.values();
    }

    static Map<ObjectKey, Map<String, Object>> replay(List<WatchEvent> events) {
        Map<ObjectKey, Map<String, Object>> state = new HashMap<>();
        for (WatchEvent event : events) {
            if (event.type() == WatchEvent.Type.DELETED) {
                state.remove(event.key());
            } else {
                state.put(event.key(), event.object());
            }
        }
        return state;
    }
}
