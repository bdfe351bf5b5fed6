package solo.kube;

import java.io.Serial;

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

    public ApiException(Failure failure, String message) {
        super(message);
        this.failure = failure;
    }

    public ApiException(Failure failure, String message, Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
