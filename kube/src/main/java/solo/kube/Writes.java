package solo.kube;

import java.util.Map;
import solo.kube.model.ObjectKey;
import solo.kube.model.Patch;
import solo.kube.model.Projected;

/**
 * The write port. Every call is one request to the API server; what it answers is in the kind's store before the call
 * returns. Nothing is retried here: the work queue is the retry.
 */
public interface Writes {

    /** Creates an object from its whole tree (apiVersion and kind are filled in). */
    <R extends Projected> R create(Kind<R> kind, Map<String, ?> object) throws ApiException;

    <R extends Projected> R patch(Kind<R> kind, ObjectKey key, Patch patch) throws ApiException;

    /** Asks for deletion of the object with this uid; an object of the same name and another uid is a conflict. */
    <R extends Projected> void delete(Kind<R> kind, ObjectKey key, String uid) throws ApiException;
}
