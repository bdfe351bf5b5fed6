package solo.kube;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import solo.kube.model.ObjectKey;
import solo.kube.model.Reason;

/**
 * A key whose last reconcile ended with a reason to wait: the line that /debug and {@code solo explain} show.
 *
 * @param since when it began to wait for this reason
 * @param attempts how often in a row it ended so
 * @param next when it is tried again at the latest; null if only a change can help
 */
public record WaitingKey(
        String controller,
        ObjectKey key,
        Reason reason,
        Instant since,
        int attempts,
        @Nullable Instant next) {}
