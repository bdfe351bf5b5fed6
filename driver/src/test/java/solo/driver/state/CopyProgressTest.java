package solo.driver.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Copies that the test makes itself, byte by byte, so that each is as slow as it has to be. */
class CopyProgressTest {
    private static final Duration SOON = Duration.ofMillis(1);
    private static final long TIB = 1L << 40;

    @TempDir
    private Path directory = Path.of("");

    private final Logger logger = (Logger) LoggerFactory.getLogger(CopyProgress.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.list = new CopyOnWriteArrayList<>();
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.INFO);
        // A line a millisecond is for the test alone.
        logger.setAdditive(false);
    }

    @AfterEach
    void listen_no_more() {
        logger.setAdditive(true);
        logger.setLevel(null);
        logger.detachAppender(lines);
    }

    @Test
    void a_copy_of_an_image_says_how_far_it_has_come() throws Exception {
        Path from = file("from", TIB);
        Path to = directory.resolve("to");
        try (var _ = CopyProgress.told(from, to, SOON)) {
            awaitLine("event=CopyUnderWay from=" + from + " to=" + to + " bytes=0 of=" + TIB);
            file("to", TIB / 4);
            awaitLine("bytes=" + TIB / 4 + " of=" + TIB);
            file("to", TIB);
            awaitLine("bytes=" + TIB + " of=" + TIB);
        }
    }

    @Test
    void a_copy_of_a_directory_counts_all_files_in_it() throws Exception {
        Files.createDirectories(directory.resolve("from/deep/down"));
        Files.createDirectories(directory.resolve("to/deep/down"));
        file("from/deep/down/file", 1000);
        file("from/file", 500);
        Files.createSymbolicLink(directory.resolve("from/link"), Path.of("file"));
        try (var _ = CopyProgress.told(directory.resolve("from"), directory.resolve("to"), SOON)) {
            awaitLine("bytes=0 of=1500");
            file("to/deep/down/file", 1000);
            awaitLine("bytes=1000 of=1500");
        }
    }

    @Test
    void a_copy_that_is_soon_done_says_nothing() throws Exception {
        new RealDisk().copyTree(file("from", TIB / 1024), directory.resolve("to"));

        assertThat(directory.resolve("to")).hasSize(TIB / 1024);
        assertThat(said()).isEmpty();
    }

    private Path file(String name, long bytes) throws IOException {
        Path file = directory.resolve(name);
        try (var open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(bytes);
        }
        return file;
    }

    private void awaitLine(String words) {
        await().untilAsserted(() -> assertThat(said()).anyMatch(line -> line.contains(words)));
    }

    private List<String> said() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
