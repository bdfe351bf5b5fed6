package solo.driver.state;

import java.io.IOException;
import java.nio.file.Path;
import solo.driver.linux.Program;

/**
 * Every change that the driver makes to its own files, one method a step: what a crash can stop between. Tests put a
 * disk in its place that stops after any step.
 */
public interface Disk {
    /** The file with this content, on stable storage when the call returns. */
    void write(Path file, byte[] content) throws IOException;

    /** One byte in its place, on stable storage when the call returns: a power cut leaves the old one or the new one. */
    void overwrite(Path file, long at, byte value) throws IOException;

    /** Atomic; replaces what is there. */
    void rename(Path from, Path to) throws IOException;

    /** Makes creations, renames and removals in a directory survive a power cut. */
    void sync(Path directory) throws IOException;

    /** Nothing there is fine. */
    void delete(Path file) throws IOException;

    /** Already there is fine. The mode is independent of the umask. */
    void makeDirectory(Path directory, String permissions) throws IOException;

    /** The file, made if need be, with at least this many bytes; new ones are zeros that take no room. */
    void extend(Path file, long bytes) throws IOException;

    /** A program changes the file, whose path becomes its last argument; on stable storage when the call returns. */
    void change(Path file, Program program) throws IOException;

    /**
     * A copy of the file, or of the directory with everything in it, in place of what is there, on stable storage when the call returns. A directory that is there stays the same, with other content.
     * Shares blocks where the filesystem can; goes into no other filesystem.
     */
    void copyTree(Path from, Path to) throws IOException;

    /** The file, or the directory with everything in it, without following links; nothing there is fine. */
    void deleteTree(Path directory) throws IOException;
}
