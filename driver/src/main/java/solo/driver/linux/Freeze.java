package solo.driver.linux;

import java.io.IOException;
import java.nio.file.Path;

/** Holding a filesystem still: FIFREEZE and FITHAW of linux/fs.h. */
public final class Freeze {
    private static final long FIFREEZE = 0xC0045877L;
    private static final long FITHAW = 0xC0045878L;

    private Freeze() {}

    /** What must not be written under. */
    public interface Step {
        void run() throws IOException;
    }

    /** {@code directory} is anywhere in the filesystem, which cannot be unmounted meanwhile. */
    public static void around(Path directory, Step step) throws IOException {
        int descriptor = Linux.openForReading(directory);
        try {
            Ioctl.run("freeze the filesystem at " + directory, descriptor, FIFREEZE, 0);
            try {
                step.run();
            } finally {
                thaw(directory, descriptor);
            }
        } finally {
            Linux.close(descriptor);
        }
    }

    /** Not frozen is fine. */
    public static void end(Path directory) throws IOException {
        int descriptor = Linux.openForReading(directory);
        try {
            thaw(directory, descriptor);
        } finally {
            Linux.close(descriptor);
        }
    }

    private static void thaw(Path directory, int descriptor) throws LinuxException {
        try {
            Ioctl.run("let the filesystem at " + directory + " be written again", descriptor, FITHAW, 0);
        } catch (LinuxException refusal) {
            if (refusal.errno() != Errno.EINVAL) {
                throw refusal;
            }
        }
    }
}
