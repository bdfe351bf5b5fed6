package solo.csi;

import java.io.IOException;

/** A socket that cannot be served or reached. The message is one sentence for the user: what, where, what to do. */
public final class UnusableSocketException extends IOException {
    UnusableSocketException(String sentence) {
        super(sentence);
    }

    UnusableSocketException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
