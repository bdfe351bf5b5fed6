package solo.kube.fabric8;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Clock;
import solo.kube.Cluster;
import solo.kube.Health;
import solo.kube.History;
import solo.kube.Kind;
import solo.kube.Kind.Resource;
import solo.kube.RecordStore;
import solo.kube.Store;
import solo.kube.model.ObjectKey;
import solo.kube.model.Projected;
import solo.kube.model.ResourceVersion;

/** The read port on a real API server: one informer a kind for the whole process, started when the kind is asked for. */
final class InformedCluster implements Cluster, History, AutoCloseable {

    /** The server sends a bookmark two seconds before a watch ends, which tells that nothing is missing. */
    private static final int HISTORY_SECONDS = 4;

    private final KubernetesClient client;
    private final Requests requests;
    private final Clock clock;
    private final Map<Resource, KindInformer<?>> informers = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition listed = lock.newCondition();

    InformedCluster(KubernetesClient client, Requests requests, Clock clock) {
        this.client = client;
        this.requests = requests;
        this.clock = clock;
    }

    @Override
    public <R extends Projected> Store<R> store(Kind<R> kind) {
        informers.computeIfAbsent(kind.resource(), resource -> {
            KindInformer<R> informer = new KindInformer<>(kind, clock, this::listed);
            informer.start(client);
            return informer;
        });
        RecordStore<R> store = storeIfAny(kind);
        if (store == null) {
            throw new IllegalStateException("no store for " + kind.resource());
        }
        return store;
    }

    @Override
    public <R extends Projected> @Nullable R live(Kind<R> kind, ObjectKey key) throws ApiException {
        try {
            return kind.projection().apply(requests.send(ApiRequest.get(kind.resource(), key)));
        } catch (ApiException e) {
            if (e.failure() == Failure.NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    @Override
    public String seen(Kind<?> kind) {
        KindInformer<?> informer = informers.get(kind.resource());
        return informer == null ? "" : informer.seen();
    }

    @Override
    public <R extends Projected> @Nullable List<R> deletedSince(Kind<R> kind, String version) throws ApiException {
        DeletedSince<R> past = new DeletedSince<>(kind, ResourceVersion.number(seen(kind)));
        String path =
                ApiRequest.collection(kind.resource(), "") + "?watch=true&allowWatchBookmarks=true&timeoutSeconds="
                        + HISTORY_SECONDS + "&resourceVersion=" + version;
        try {
            requests.watch(path, past);
        } catch (ApiException e) {
            if (e.failure() == Failure.NOT_FOUND) {
                return null;
            }
            throw e;
        }
        return past.deleted();
    }

    @Override
    public List<String> awaitSynced(Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = atMost.toNanos();
            List<String> missing = missing();
            while (!missing.isEmpty() && left > 0) {
                left = listed.awaitNanos(left);
                missing = missing();
            }
            return missing;
        } finally {
            lock.unlock();
        }
    }

    /** Each kind with the number of its objects and what went wrong of late. */
    public Health health() {
        List<Health> parts = new ArrayList<>();
        informers.values().forEach(informer -> parts.add(informer.health()));
        return new Health("watches", Health.Status.OK, parts.size() + " kinds", parts);
    }

    /** The store of a kind that somebody reads; null if nobody does. */
    @SuppressWarnings("unchecked")
    <R extends Projected> @Nullable RecordStore<R> storeIfAny(Kind<R> kind) {
        KindInformer<?> informer = informers.get(kind.resource());
        if (informer == null) {
            return null;
        }
        if (!informer.kind().equals(kind)) {
            throw new IllegalArgumentException(
                    "two projections of " + kind.resource().plural() + ": a kind has one record in the whole process");
        }
        return (RecordStore<R>) informer.store();
    }

    @Override
    public void close() {
        informers.values().forEach(KindInformer::stop);
    }

    private List<String> missing() {
        return informers.values().stream()
                .filter(informer -> !informer.synced())
                .map(KindInformer::missing)
                .sorted()
                .toList();
    }

    private void listed() {
        lock.lock();
        try {
            listed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
