package solo.driver.mount;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Block devices that show a file; tests without root put some of their own in their place. */
public interface LoopDevices {
    /** The device that shows this file, found again after any restart; empty if there is none. */
    Optional<Path> of(Path file) throws IOException;

    /**
     * The device that shows this file, attached now if there is none. It goes by itself when it is neither open nor
     * mounted any more, also after a kill -9, unless it is told to stay.
     */
    Attached attach(Path file) throws IOException;

    /** A device that is held open. */
    interface Attached extends AutoCloseable {
        Path device();

        /** It stays until it is detached, although nothing keeps it open. */
        void keep() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** What was written to the device is in its file when the call returns. */
    void flush(Path device) throws IOException;

    /** The device becomes as large as its file is now. */
    void grow(Path device) throws IOException;

    /** How far ahead of a reader the kernel reads, until the device goes. */
    void readAhead(Path device, long bytes) throws IOException;

    /** At once, or when its last user closes it; not attached is fine. */
    void detach(Path device) throws IOException;

    /** All that are attached, with the path of the file when it was. */
    List<Backed> attached() throws IOException;

    record Backed(Path device, String file) {}

    /** Those of the machine. Needs root. */
    static LoopDevices ofThisMachine() {
        return new RealLoopDevices();
    }
}
