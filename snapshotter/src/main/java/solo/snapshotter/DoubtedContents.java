package solo.snapshotter;

import java.util.Map;
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
    private final Map<ObjectKey, String> doubtful = new ConcurrentHashMap<>();

    DoubtedContents(Kind<R> kind, Ports ports) {
        this.kind = kind;
        this.ports = ports;
        // Asked for once here, so that they are watched.
        var _ = ports.cluster().store(kind);
    }

    /** Also one that the API server has no more is doubted for as long as the cache shows it: seed 9023. */
    @Nullable
    R get(ObjectKey key) throws ApiException {
        R cached = ports.cluster().store(kind).get(key);
        String doubted = doubtful.get(key);
        if (doubted == null) {
            return cached;
        }
        if (cached != null && cached.uid().equals(doubted)) {
            return ports.cluster().live(kind, key);
        }
        doubtful.remove(key, doubted);
        return cached;
    }

    R patch(R content, Patch patch) throws ApiException {
        try {
            R patched = ports.writes().patch(kind, content.key(), patch);
            doubtful.remove(content.key());
            return patched;
        } catch (ApiException e) {
            if (e.failure() == Failure.UNAVAILABLE || e.failure() == Failure.OTHER) {
                doubtful.put(content.key(), content.uid());
            }
            throw e;
        }
    }
}
