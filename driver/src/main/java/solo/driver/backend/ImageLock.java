package solo.driver.backend;

import java.io.IOException;
import java.nio.file.Path;
import solo.driver.linux.Linux;

/**
 * Held while an image is copied, and while its filesystem is mounted: a copy made across that moment would be torn.
 * flock(2) on the image itself, so that the kernel lets go of it when the holder is killed.
 */
record ImageLock(int descriptor) implements AutoCloseable {

    static ImageLock of(Path image, String id) throws IOException {
        int descriptor = Linux.openForReading(image);
        boolean locked = false;
        try {
            locked = Linux.tryLock(descriptor);
        } finally {
            if (!locked) {
                Linux.close(descriptor);
            }
        }
        if (!locked) {
            throw new BusyException("volume " + id + " is being copied or mounted by another call; try again");
        }
        return new ImageLock(descriptor);
    }

    @Override
    public void close() throws IOException {
        try {
            Linux.unlock(descriptor);
        } finally {
            Linux.close(descriptor);
        }
    }
}
