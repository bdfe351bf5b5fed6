package solo.driver.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateLocksTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void a_lock_has_one_holder_also_across_two_users_of_the_directory() throws Exception {
        StateLocks ours = locks(Duration.ZERO);
        StateLocks theirs = locks(Duration.ZERO);

        try (var _ = ours.hold("v").orElseThrow()) {
            assertThat(ours.hold("v")).isEmpty();
            assertThat(theirs.hold("v")).isEmpty();
            try (var other = theirs.hold("w").orElseThrow()) {
                assertThat(other).isNotNull();
            }
        }
        theirs.hold("v").orElseThrow().close();
    }

    @Test
    void no_file_remains_when_nobody_holds_a_lock() throws Exception {
        locks(Duration.ZERO).hold("v").orElseThrow().close();

        assertThat(directory.resolve("locks")).isEmptyDirectory();
    }

    @Test
    void the_patient_get_it_one_after_the_other() throws Exception {
        StateLocks locks = locks(Duration.ofSeconds(60));
        var inside = new AtomicInteger();
        var most = ConcurrentHashMap.<Integer>newKeySet();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var runs = new ArrayList<Future<Integer>>();
            for (int i = 0; i < 50; i++) {
                runs.add(threads.submit(() -> {
                    for (int round = 0; round < 10; round++) {
                        try (var _ = locks.hold("v").orElseThrow()) {
                            most.add(inside.incrementAndGet());
                            Files.createFile(directory.resolve("inside"));
                            Files.delete(directory.resolve("inside"));
                            inside.decrementAndGet();
                        }
                    }
                    return inside.get();
                }));
            }
            for (Future<Integer> run : runs) {
                run.get();
            }
        }
        assertThat(most).containsExactly(1);
    }

    @Test
    void an_interrupted_caller_stops_waiting() throws Exception {
        StateLocks locks = locks(Duration.ofMinutes(10));
        try (var _ = locks.hold("v").orElseThrow()) {
            Thread.currentThread().interrupt();
            assertThat(locks.hold("v")).isEmpty();
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private StateLocks locks(Duration patience) throws Exception {
        return StateLocks.open(directory, new RealDisk(), patience);
    }
}
