package solo.simulation;

import java.util.Map;
import solo.kube.model.ObjectKey;

/** What a watch tells: an object as it is now, or as it was last. Revisions are resourceVersions as numbers. */
record WatchEvent(Type type, ObjectKey key, long revision, Map<String, Object> object) {
    enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }
}
