package solo.simulation;

import java.io.Serial;

/** Ends a thread of a process that was killed, at the next port it touches. An Error, so that nobody handles it. */
final class ProcessKilled extends Error {

    @Serial
    private static final long serialVersionUID = 1L;

    ProcessKilled() {
        super("the simulated process was killed", null, false, false);
    }
}
