package solo.kube;

import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Actor;

/** The API server refused a request, could not be reached, or we are no longer allowed to ask it. */
public final class ApiException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    /** What a caller can do about it. */
    public enum Failure {
        NOT_FOUND,
        /** Somebody changed the object since we read it: read again, decide again. */
        CONFLICT,
        ALREADY_EXISTS,
        /** The object itself is wrong; repeating the request cannot help. */
        INVALID,
        /** A verb is missing in our role. */
        FORBIDDEN,
        TOO_MANY_REQUESTS,
        /** No answer: the request may or may not have been carried out. */
        UNAVAILABLE,
        /** We are not, or no longer, the leader; nothing was sent. */
        NOT_LEADING,
        OTHER
    }

    private final Failure failure;
    private final @Nullable Duration retryAfter;

    public ApiException(Failure failure, String message) {
        super(message);
        this.failure = failure;
        this.retryAfter = null;
    }

    public ApiException(Failure failure, String message, Throwable cause) {
        super(message, cause);
        this.failure = failure;
        this.retryAfter = null;
    }

    /** {@code retryAfter} is what the server asked for (Retry-After), if anything. */
    public ApiException(Failure failure, String message, @Nullable Duration retryAfter) {
        super(message);
        this.failure = failure;
        this.retryAfter = retryAfter;
    }

    public Failure failure() {
        return failure;
    }

    /** Who must act before the same request can go well. */
    public Actor actor() {
        return failure == Failure.FORBIDDEN ? Actor.ADMINISTRATOR : Actor.KUBERNETES;
    }

    /** How long the server asked us to wait, or null. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
