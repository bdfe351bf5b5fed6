package solo.kube;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.kube.model.ObjectKey;
import solo.kube.model.Projected;

/** The read port: what the cluster holds. */
public interface Cluster {

    /** The cached objects of a kind; the first call for a kind starts its one informer. */
    <R extends Projected> Store<R> store(Kind<R> kind);

    /** Reads one object from the API server now; null if there is none. For Secrets and what is not worth a cache. */
    <R extends Projected> @Nullable R live(Kind<R> kind, ObjectKey key) throws ApiException;

    /**
     * Waits until the stores asked for so far hold what the cluster held, but no longer than this.
     *
     * @return what is still missing and why, one short text for each kind; empty once all is there
     */
    default List<String> awaitSynced(Duration atMost) throws InterruptedException {
        return List.of();
    }
}
