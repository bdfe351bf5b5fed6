package solo.driver.backend;

import java.io.IOException;

/** Something else is under way with the same bytes; the caller may try again soon. */
public final class BusyException extends IOException {
    private static final long serialVersionUID = 1;

    BusyException(String message) {
        super(message);
    }
}
