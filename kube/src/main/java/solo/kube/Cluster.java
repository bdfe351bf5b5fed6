package solo.kube;

import org.jspecify.annotations.Nullable;
import solo.kube.model.ObjectKey;
import solo.kube.model.Projected;

/** The read port: what the cluster holds. */
public interface Cluster {

    /** The cached objects of a kind; the first call for a kind starts its one informer. */
    <R extends Projected> Store<R> store(Kind<R> kind);

    /** Reads one object from the API server now; null if there is none. For Secrets and what is not worth a cache. */
    <R extends Projected> @Nullable R live(Kind<R> kind, ObjectKey key) throws ApiException;
}
