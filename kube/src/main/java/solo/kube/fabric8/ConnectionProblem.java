package solo.kube.fabric8;

import java.io.Serial;

/** Why no connection to the API server could be made: one sentence for whoever started Solo. */
public final class ConnectionProblem extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    ConnectionProblem(String sentence) {
        super(sentence);
    }

    ConnectionProblem(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
