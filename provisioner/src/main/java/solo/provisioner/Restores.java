package solo.provisioner;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import solo.kube.model.PersistentVolumeClaim;

/**
 * Restores under way, and sources that are just being let go. The two never meet, because a restore that finds the
 * finalizer in place relies on it. Nobody waits for a lock: a restore that comes at that moment is put off.
 */
final class Restores {

    private final Map<String, PersistentVolumeClaim> underWay = new HashMap<>();
    /** By how many at once; whose write comes second is refused by the API server. */
    private final Map<String, Integer> closed = new HashMap<>();

    /** Before the source is read. False while it is being let go; otherwise {@link #ended} must follow. */
    synchronized boolean begun(String source, PersistentVolumeClaim claim) {
        if (closed.containsKey(source)) {
            return false;
        }
        underWay.put(claim.uid(), claim);
        return true;
    }

    /** The attempt is over; whether the volume may still come is known elsewhere. */
    synchronized void ended(String claimUid) {
        underWay.remove(claimUid);
    }

    synchronized List<PersistentVolumeClaim> underWay() {
        return List.copyOf(underWay.values());
    }

    /** From now on no restore begins, so who is not {@link #underWay} now is not until {@link #open}, which must follow. */
    synchronized void close(String source) {
        closed.merge(source, 1, Integer::sum);
    }

    synchronized void open(String source) {
        int left = closed.getOrDefault(source, 0) - 1;
        if (left > 0) {
            closed.put(source, left);
        } else {
            closed.remove(source);
        }
    }
}
