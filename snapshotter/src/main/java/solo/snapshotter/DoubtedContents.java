package solo.snapshotter;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Kind;
import solo.kube.model.ObjectKey;
import solo.kube.model.Patch;
import solo.kube.model.Projected;

/**
 * Contents of one kind as a driver's half reads and patches them: from the cache, unless a write of ours got no answer.
 * Whether the mark of being created is still there decides whether a content may go, so then the API server is asked.
 */
final class DoubtedContents<R extends Projected> {
    private final Kind<R> kind;
    private final Ports ports;
    /** Uids of contents of which a write got no answer, until another one does. */
    private final Set<String> doubtful = ConcurrentHashMap.newKeySet();

    DoubtedContents(Kind<R> kind, Ports ports) {
        this.kind = kind;
        this.ports = ports;
        // Asked for once here, so that they are watched.
        var _ = ports.cluster().store(kind);
    }

    @Nullable
    R get(ObjectKey key) throws ApiException {
        R cached = ports.cluster().store(kind).get(key);
        if (cached == null || !doubtful.contains(cached.uid())) {
            return cached;
        }
        R live = ports.cluster().live(kind, key);
        if (live == null) {
            doubtful.remove(cached.uid());
        }
        return live;
    }

    R patch(R content, Patch patch) throws ApiException {
        try {
            R patched = ports.writes().patch(kind, content.key(), patch);
            doubtful.remove(content.uid());
            return patched;
        } catch (ApiException e) {
            if (e.failure() == Failure.UNAVAILABLE || e.failure() == Failure.OTHER) {
                doubtful.add(content.uid());
            }
            throw e;
        }
    }
}
