package solo.driver.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

        allAtOnce(50, () -> {
            for (int round = 0; round < 10; round++) {
                try (var _ = locks.hold("v").orElseThrow()) {
                    nobodyElseIsInside();
                }
            }
        });
    }

    @Test
    void a_lock_file_that_was_removed_and_made_again_still_has_one_holder() throws Exception {
        StateLocks locks = locks(Duration.ZERO);

        allAtOnce(8, () -> {
            for (int round = 0; round < 4000; round++) {
                var held = locks.holdAtOnce("v");
                if (held.isPresent()) {
                    try (var _ = held.get()) {
                        nobodyElseIsInside();
                    }
                }
            }
        });
    }

    /** Fails when the file is there already. */
    private void nobodyElseIsInside() throws IOException {
        Files.createFile(directory.resolve("inside"));
        Files.delete(directory.resolve("inside"));
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void allAtOnce(int threads, Work work) throws Exception {
        try (var executor = Executors.newFixedThreadPool(threads)) {
            var runs = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < threads; i++) {
                runs.add(executor.submit(() -> {
                    work.run();
                    return true;
                }));
            }
            for (Future<Boolean> run : runs) {
                assertThat(run.get()).isTrue();
            }
        }
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
