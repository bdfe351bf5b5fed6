package solo.driver.linux;

import static solo.driver.linux.Call.INT;
import static solo.driver.linux.Call.LONG;
import static solo.driver.linux.Call.POINTER;

import java.io.InterruptedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file that is only read: where it has bytes, what they are, and where on the disk they lie. It can be read to its end
 * although it is deleted meanwhile.
 */
public final class SparseFile implements AutoCloseable {
    private static final int SEEK_END = 2;
    private static final int SEEK_DATA = 3;
    private static final int SEEK_HOLE = 4;

    private static final Call LSEEK = Call.of("lseek", FunctionDescriptor.of(LONG, INT, LONG, INT));
    private static final Call PREAD = Call.of("pread", FunctionDescriptor.of(LONG, INT, POINTER, LONG, LONG));

    private final Path path;
    private final int descriptor;
    private final long bytes;

    private SparseFile(Path path, int descriptor, long bytes) {
        this.path = path;
        this.descriptor = descriptor;
        this.bytes = bytes;
    }

    public static SparseFile open(Path path) throws LinuxException {
        int descriptor = Linux.openForReading(path);
        try {
            return new SparseFile(path, descriptor, seek(path, descriptor, 0, SEEK_END));
        } catch (LinuxException refusal) {
            Linux.close(descriptor);
            throw refusal;
        }
    }

    /** Its length, holes included. */
    public long bytes() {
        return bytes;
    }

    /** The first bytes at or after the offset that are no hole; empty when there is only a hole until the end. */
    public Optional<FileRange> data(long offset) throws LinuxException {
        try {
            long start = seek(path, descriptor, offset, SEEK_DATA);
            return Optional.of(new FileRange(start, seek(path, descriptor, start, SEEK_HOLE)));
        } catch (LinuxException refusal) {
            if (refusal.errno() == Errno.ENXIO) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    /** Fills the segment; holes, and what is behind the end, are zeros. */
    public void read(long offset, MemorySegment into) throws LinuxException, InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("nobody waits for what " + path + " holds any more");
        }
        long done = 0;
        while (done < into.byteSize()) {
            long read =
                    PREAD.run("read " + path, descriptor, into.asSlice(done), into.byteSize() - done, offset + done);
            if (read == 0) {
                into.asSlice(done).fill((byte) 0);
                return;
            }
            done += read;
        }
    }

    /** Where it lies on the disk. */
    public Extents extents() {
        return new Extents(path, descriptor);
    }

    @Override
    public void close() throws LinuxException {
        Linux.close(descriptor);
    }

    private static long seek(Path path, int descriptor, long offset, int whence) throws LinuxException {
        return LSEEK.run("look for the holes of " + path, descriptor, offset, whence);
    }
}
