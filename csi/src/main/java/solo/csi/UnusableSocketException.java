package solo.csi;

import java.io.IOException;

/** A socket that cannot be served or reached. The message is one sentence for the user: what, where, what to do. */
public final class UnusableSocketException extends IOException {
    private final String sentence;

    UnusableSocketException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    UnusableSocketException(String sentence, Throwable cause) {
        super(sentence, cause);
        this.sentence = sentence;
    }

    /** The message; it is always there. */
    public String sentence() {
        return sentence;
    }
}
