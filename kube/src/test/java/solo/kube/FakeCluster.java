package solo.kube;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import solo.kube.model.ObjectKey;
import solo.kube.model.Projected;

/** Stores that are filled by hand; {@code missing} is what is not synced yet. */
final class FakeCluster implements Cluster {

    final List<String> missing = new CopyOnWriteArrayList<>();
    private final Map<Kind.Resource, RecordStore<?>> stores = new ConcurrentHashMap<>();

    @Override
    @SuppressWarnings("unchecked")
    public <R extends Projected> RecordStore<R> store(Kind<R> kind) {
        return (RecordStore<R>)
                stores.computeIfAbsent(kind.resource(), resource -> new RecordStore<>(kind, Clock.SYSTEM));
    }

    @Override
    public <R extends Projected> @Nullable R live(Kind<R> kind, ObjectKey key) {
        return store(kind).get(key);
    }

    @Override
    public List<String> awaitSynced(Duration atMost) {
        return List.copyOf(missing);
    }
}
