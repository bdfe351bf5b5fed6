package solo.simulation;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import solo.kube.Kind.Selection;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;

/**
 * A change as a watch tells it. Revisions are resourceVersions as numbers.
 *
 * @param object as it is now, or as it was last; either way under the resourceVersion of the change
 * @param before what was stored until now; null for a new object
 */
record WatchEvent(
        Type type,
        ObjectKey key,
        long revision,
        Map<String, Object> object,
        @Nullable Map<String, Object> before) {
    enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }

    /**
     * What a watch of only these objects tells; null for nothing. One that stops being among them is told as deleted, with
     * what was stored before; one that begins to be as added.
     */
    @Nullable
    WatchEvent seenThrough(Selection selection) {
        boolean was = before != null && selection.admits(new Json(before));
        boolean is = type != Type.DELETED && selection.admits(new Json(object));
        if (is) {
            return new WatchEvent(was ? Type.MODIFIED : Type.ADDED, key, revision, object, before);
        }
        return was ? gone(key, revision, before) : null;
    }

    static WatchEvent gone(ObjectKey key, long revision, @Nullable Map<String, Object> before) {
        Map<String, Object> last = before == null ? Map.of() : before;
        return new WatchEvent(
                Type.DELETED,
                key,
                revision,
                Trees.with(last, Long.toString(revision), "metadata", "resourceVersion"),
                before);
    }
}
