package solo.app;

import java.io.Serial;

/** Something the user can mend keeps Solo from starting: one sentence saying what, where, and what to do. */
public final class StartupProblem extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    public StartupProblem(String sentence) {
        super(sentence);
    }

    public StartupProblem(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
