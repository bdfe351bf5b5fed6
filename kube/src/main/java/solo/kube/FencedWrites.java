package solo.kube;

import java.util.Map;
import solo.kube.model.ObjectKey;
import solo.kube.model.Patch;
import solo.kube.model.Projected;

/** Lets a write through only while this process leads. */
public final class FencedWrites implements Writes {

    private final Writes writes;
    private final Leadership leadership;

    public FencedWrites(Writes writes, Leadership leadership) {
        this.writes = writes;
        this.leadership = leadership;
    }

    @Override
    public <R extends Projected> R create(Kind<R> kind, Map<String, ?> object) throws ApiException {
        check();
        return writes.create(kind, object);
    }

    @Override
    public <R extends Projected> R patch(Kind<R> kind, ObjectKey key, Patch patch) throws ApiException {
        check();
        return writes.patch(kind, key, patch);
    }

    @Override
    public <R extends Projected> void delete(Kind<R> kind, ObjectKey key, String uid) throws ApiException {
        check();
        writes.delete(kind, key, uid);
    }

    private void check() throws ApiException {
        if (!leadership.leading()) {
            throw new ApiException(
                    ApiException.Failure.NOT_LEADING, "this process does not lead (any more): nothing was written");
        }
    }
}
