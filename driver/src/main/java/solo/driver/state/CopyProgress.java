package solo.driver.state;

import static org.slf4j.LoggerFactory.getLogger;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Tells the log how far a copy has come that takes its time; nothing of one that is soon done. */
final class CopyProgress implements AutoCloseable {
    private static final Logger log = getLogger(CopyProgress.class);

    private final Path from;
    private final Path to;
    private final Duration pause;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread teller;

    private CopyProgress(Path from, Path to, Duration pause) {
        this.from = from;
        this.to = to;
        this.pause = pause;
        this.teller = Thread.ofVirtual().name("progress of " + to.getFileName()).unstarted(this::tell);
    }

    /** Until it is closed, a line after each pause. */
    static CopyProgress told(Path from, Path to, Duration pause) {
        var progress = new CopyProgress(from, to, pause);
        progress.teller.start();
        return progress;
    }

    private void tell() {
        try {
            if (over()) {
                return;
            }
            // Only now, since looking into every directory costs something.
            long all = bytes(from);
            do {
                log.info("event=CopyUnderWay from={} to={} bytes={} of={}", from, to, bytes(to), all);
            } while (!over());
        } catch (IOException unreadable) {
            log.debug("event=CopyOutOfSight from={} to={}", from, to, unreadable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean over() throws InterruptedException {
        return ended.await(pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Up to the end of each file, holes included; what comes and goes meanwhile is not missed. */
    private static long bytes(Path tree) throws IOException {
        var sum = new long[1];
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                sum[0] += attributes.isRegularFile() ? attributes.size() : 0;
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException changed) {
                return FileVisitResult.CONTINUE;
            }
        });
        return sum[0];
    }

    @Override
    public void close() {
        ended.countDown();
    }
}
