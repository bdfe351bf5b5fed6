package solo.kube;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.Patch;
import solo.kube.model.Projected;

/**
 * Performs nothing and remembers what would have been written: the write port of {@code --dry-run} and
 * {@code solo explain}. A patch is answered with the object as it is now.
 */
public final class RecordingWrites implements Writes {

    /** What would have been done. {@code body} is the object, the patch, or null for a deletion. */
    public record Written(
            String verb,
            Kind.Resource resource,
            ObjectKey key,
            @Nullable Object body) {}

    private final Cluster cluster;
    private final List<Written> written = new CopyOnWriteArrayList<>();

    public RecordingWrites(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Everything so far, in order. */
    public List<Written> written() {
        return List.copyOf(written);
    }

    @Override
    public <R extends Projected> R create(Kind<R> kind, Map<String, ?> object) {
        R record = kind.projection().apply(new Json(object));
        written.add(new Written("create", kind.resource(), record.key(), object));
        return record;
    }

    @Override
    public <R extends Projected> R patch(Kind<R> kind, ObjectKey key, Patch patch) throws ApiException {
        R record = cluster.live(kind, key);
        if (record == null) {
            throw new ApiException(
                    ApiException.Failure.NOT_FOUND, kind.resource().plural() + " " + key + " not found");
        }
        written.add(new Written("patch", kind.resource(), key, patch));
        return record;
    }

    @Override
    public <R extends Projected> void delete(Kind<R> kind, ObjectKey key, String uid) {
        written.add(new Written("delete", kind.resource(), key, null));
    }
}
