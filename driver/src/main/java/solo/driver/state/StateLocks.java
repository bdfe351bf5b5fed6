package solo.driver.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import solo.driver.linux.Linux;

/**
 * One lock a key, between threads and between processes alike: flock(2) on a file that exists while it is held. The
 * kernel lets go of it when its holder is killed.
 */
public final class StateLocks {
    private static final Duration POLL = Duration.ofMillis(5);

    private final Path directory;
    private final Duration patience;

    private StateLocks(Path directory, Duration patience) {
        this.directory = directory;
        this.patience = patience;
    }

    /** Below the state directory, which exists; {@code patience} is how long to wait for another holder. */
    public static StateLocks open(Path stateDirectory, Disk disk, Duration patience) throws IOException {
        Path directory = stateDirectory.resolve("locks");
        disk.makeDirectory(directory, "rwx------");
        return new StateLocks(directory, patience);
    }

    /** A lock that is held; closing lets go of it. */
    public static final class Held implements AutoCloseable {
        private final Path file;
        private final int descriptor;

        private Held(Path file, int descriptor) {
            this.file = file;
            this.descriptor = descriptor;
        }

        @Override
        public void close() throws IOException {
            try {
                Files.deleteIfExists(file);
            } finally {
                Linux.close(descriptor);
            }
        }
    }

    /** The key must be a {@linkplain VolumeIds#wellFormed well-formed} id or a fixed word. Empty when it stays taken. */
    public Optional<Held> hold(String key) throws IOException {
        return hold(key, patience);
    }

    public Optional<Held> holdAtOnce(String key) throws IOException {
        return hold(key, Duration.ZERO);
    }

    private Optional<Held> hold(String key, Duration patience) throws IOException {
        Path file = directory.resolve(key + ".lock");
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            switch (attempt(file)) {
                case Attempt.Got(Held held) -> {
                    return Optional.of(held);
                }
                case Attempt.Removed() -> {}
                case Attempt.Taken() -> {
                    if (System.nanoTime() - deadline >= 0 || !pause()) {
                        return Optional.empty();
                    }
                }
            }
        }
    }

    private sealed interface Attempt {
        record Got(Held held) implements Attempt {}

        record Taken() implements Attempt {}

        /** The holder before us removed the file that we opened, and others now lock a new one. */
        record Removed() implements Attempt {}
    }

    private static Attempt attempt(Path file) throws IOException {
        int descriptor = Linux.open(file);
        Attempt attempt = new Attempt.Taken();
        try {
            if (Linux.tryLock(descriptor)) {
                attempt = isAt(file, descriptor) ? new Attempt.Got(new Held(file, descriptor)) : new Attempt.Removed();
            }
            return attempt;
        } finally {
            if (!(attempt instanceof Attempt.Got)) {
                Linux.close(descriptor);
            }
        }
    }

    private static boolean isAt(Path file, int descriptor) throws IOException {
        try {
            return Files.isSameFile(Path.of("/proc/self/fd/" + descriptor), file);
        } catch (NoSuchFileException removed) {
            return false;
        }
    }

    /** False when the caller has stopped waiting. */
    private static boolean pause() {
        try {
            Thread.sleep(POLL);
            return true;
        } catch (InterruptedException gone) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
