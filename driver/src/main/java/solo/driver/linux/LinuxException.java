package solo.driver.linux;

import java.io.IOException;

/** A system call said no; the message says what was tried, on what, and why not. */
public final class LinuxException extends IOException {
    private static final long serialVersionUID = 1;

    private final Errno errno;

    LinuxException(String attempt, int number) {
        super(attempt + ": " + Errno.of(number).words() + " (errno " + number + ")");
        this.errno = Errno.of(number);
    }

    public Errno errno() {
        return errno;
    }
}
