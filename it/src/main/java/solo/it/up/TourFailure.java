package solo.it.up;

import java.io.Serial;

/** A step of the tour did not hold; the message says what was seen instead. */
final class TourFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    TourFailure(String message) {
        super(message);
    }

    TourFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
