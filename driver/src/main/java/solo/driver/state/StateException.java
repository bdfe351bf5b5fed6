package solo.driver.state;

import java.io.IOException;

/** A state file that cannot be understood. Its volume is left alone until a person has looked. */
public final class StateException extends IOException {
    private static final long serialVersionUID = 1;

    StateException(String message) {
        super(message);
    }

    static StateException damaged(String file, String how) {
        return new StateException(file + " is damaged (" + how
                + "); restore it, or move it away if what it describes is no longer needed");
    }
}
