package solo.snapshotter;

import org.jspecify.annotations.Nullable;
import solo.kube.ApiException;
import solo.kube.Cluster;
import solo.kube.Kind;
import solo.kube.model.ObjectKey;
import solo.kube.model.Projected;

/** Contents whose owner is no more. */
final class Orphans {
    private Orphans() {}

    /**
     * Whether the object that a content is for is gone, or another one of its name. The cache alone is not believed: what
     * is let go by mistake is lost.
     */
    static boolean isGone(Cluster cluster, Kind<?> kind, @Nullable ObjectKey key, @Nullable String uid)
            throws ApiException {
        if (key == null) {
            return true;
        }
        Projected cached = cluster.store(kind).get(key);
        if (cached != null && cached.uid().equals(uid)) {
            return false;
        }
        Projected live = cluster.live(kind, key);
        return live == null || !live.uid().equals(uid);
    }
}
