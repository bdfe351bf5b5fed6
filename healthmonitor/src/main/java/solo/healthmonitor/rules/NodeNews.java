package solo.healthmonitor.rules;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Node;

/** Whether a node has failed, or is back. */
public sealed interface NodeNews {

    /** How long a node may be not ready before it counts as failed, as in Go. */
    Duration PATIENCE = Duration.ofMinutes(5);

    record Nothing() implements NodeNews {}

    /** Not ready, but not for long enough. */
    record NotYet(Duration left) implements NodeNews {}

    record Failed() implements NodeNews {}

    record Recovered() implements NodeNews {}

    /** What those who use the node have been told of it. */
    enum Told {
        NOTHING,
        FAILED
    }

    /**
     * @param node null once it is deleted, which is a failure to the pods that are still on it
     * @param firstSeen when this process first saw it not ready; counts only where the node itself does not say
     */
    static NodeNews of(@Nullable Node node, Told told, Instant firstSeen, Instant now) {
        if (node == null) {
            return told == Told.FAILED ? new Nothing() : new Failed();
        }
        if (node.readiness() != null && node.readiness().ready()) {
            return told == Told.FAILED ? new Recovered() : new Nothing();
        }
        if (told == Told.FAILED) {
            return new Nothing();
        }
        Instant since = node.readiness() == null || node.readiness().since() == null
                ? firstSeen
                : node.readiness().since();
        Duration left = PATIENCE.minus(Duration.between(since, now));
        return left.isPositive() ? new NotYet(left) : new Failed();
    }
}
