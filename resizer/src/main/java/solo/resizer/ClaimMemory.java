package solo.resizer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import solo.kube.model.ObjectKey;

/** What is kept in mind of each claim, for as long as it is the same claim: one made anew starts with nothing. */
final class ClaimMemory<M> {
    private record Entry<M>(String uid, M memory) {}

    private final Map<ObjectKey, Entry<M>> entries = new ConcurrentHashMap<>();
    private final M nothing;

    ClaimMemory(M nothing) {
        this.nothing = nothing;
    }

    M of(ObjectKey claim, String uid) {
        @Nullable Entry<M> entry = entries.get(claim);
        return entry != null && entry.uid().equals(uid) ? entry.memory() : nothing;
    }

    void keep(ObjectKey claim, String uid, M memory) {
        if (memory.equals(nothing)) {
            entries.remove(claim);
        } else {
            entries.put(claim, new Entry<>(uid, memory));
        }
    }

    void forget(ObjectKey claim) {
        entries.remove(claim);
    }
}
