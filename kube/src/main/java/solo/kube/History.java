package solo.kube;

import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Projected;

/** What became of objects before we looked; the API server remembers 5 to 10 minutes. */
public interface History {

    /** The resourceVersion up to which the store of a kind knows everything; empty before it knows anything. */
    String seen(Kind<?> kind);

    /**
     * The objects that were deleted after this resourceVersion and up to {@link #seen}, as they were at the end. Takes a
     * few seconds.
     *
     * @return null if the API server does not remember that far back
     */
    <R extends Projected> @Nullable List<R> deletedSince(Kind<R> kind, String version) throws ApiException;
}
