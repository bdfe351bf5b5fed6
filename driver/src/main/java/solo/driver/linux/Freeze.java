package solo.driver.linux;

import static org.slf4j.LoggerFactory.getLogger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;

/**
 * Holding a filesystem still: FIFREEZE and FITHAW of linux/fs.h.
 *
 * <p>btrfs reads its superblock while it thaws, and takes the kill of who asked for an error of the device, after which
 * it is read-only until it is mounted anew (btrfs_unfreeze, seen with Linux 6.18). So another process asks, which a kill
 * of this one spares; a kill of the whole container does not.
 */
public final class Freeze {
    private static final long FIFREEZE = 0xC0045877L;
    private static final long FITHAW = 0xC0045878L;
    private static final Program THAW = Program.of("util-linux", "fsfreeze", "--unfreeze");
    private static final Logger LOG = getLogger(Freeze.class);

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

    private static void thaw(Path directory, int descriptor) throws IOException {
        if (Files.getFileStore(directory).type().equals("btrfs")) {
            try {
                THAW.with(directory.toString()).run();
                return;
            } catch (IOException notFrozenOrNoSuchProgram) {
                // The call below tells which, and writers must not wait for ever.
                LOG.debug("thawing {} by this process: {}", directory, notFrozenOrNoSuchProgram.getMessage());
            }
        }
        try {
            Ioctl.run("let the filesystem at " + directory + " be written again", descriptor, FITHAW, 0);
        } catch (LinuxException refusal) {
            if (refusal.errno() != Errno.EINVAL) {
                throw refusal;
            }
        }
    }
}
