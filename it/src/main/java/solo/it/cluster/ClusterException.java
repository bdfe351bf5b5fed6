package solo.it.cluster;

import org.jspecify.annotations.Nullable;

/** A cluster could not be had. The message is one sentence for people: what, where, what to do. */
public final class ClusterException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ClusterException(String message) {
        this(message, null);
    }

    public ClusterException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
