package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;

import csi.v1.Volume;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solo.csi.CsiException;
import solo.csi.model.Code;

/** Many calls at once, through two drivers on one state directory as two processes would be. */
class ConcurrencyTest {
    private static final int CALLERS = 24;

    @TempDir
    private Path directory = Path.of("");

    private List<TestDriver> drivers = List.of();

    @BeforeEach
    void open() throws Exception {
        var mounts = new FakeMounts();
        var options = TestDriver.options(directory).withPoolCapacityBytes(5 * TestDriver.GIB);
        drivers = List.of(TestDriver.with(options, mounts), TestDriver.with(options, mounts));
    }

    @Test
    void callers_for_one_name_get_one_volume() throws Exception {
        List<Volume> volumes = atOnce(caller -> patiently(() -> driver(caller).create("v")));

        assertThat(volumes).hasSize(CALLERS).containsOnly(volumes.getFirst());
        assertThat(driver(0).listed()).containsExactly("v");
    }

    @Test
    void a_pool_is_never_promised_twice() throws Exception {
        var made = new AtomicInteger();
        var refused = new AtomicInteger();
        atOnce(caller -> {
            try {
                patiently(() -> driver(caller).create("v" + caller));
                return made.incrementAndGet();
            } catch (CsiException full) {
                assertThat(full.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
                return refused.incrementAndGet();
            }
        });

        assertThat(made).hasValue(5);
        assertThat(refused).hasValue(CALLERS - 5);
        assertThat(driver(1).listed()).hasSize(5);
    }

    @Test
    void making_and_deleting_one_volume_at_once_leaves_it_whole_or_gone() throws Exception {
        atOnce(caller -> patiently(() -> {
            if (caller % 2 == 0) {
                driver(caller).create("v");
            } else {
                driver(caller).delete("v");
            }
            return caller;
        }));

        boolean there = driver(0).listed().contains("v");
        assertThat(driver(0).bytes("v").toFile().exists()).isEqualTo(there);
        assertThat(driver(0).directory().resolve("state/locks")).isEmptyDirectory();
        assertThat(driver(0).directory().resolve("state/set-aside")).isEmptyDirectory();
    }

    private TestDriver driver(int caller) {
        return drivers.get(caller % drivers.size());
    }

    private interface Caller<T> {
        T call(int caller) throws Exception;
    }

    /** As callers do: ABORTED means that another call is under way, so ask again. */
    private static <T> T patiently(Callable<T> call) throws Exception {
        while (true) {
            try {
                return call.call();
            } catch (CsiException refusal) {
                if (refusal.code() != Code.ABORTED) {
                    throw refusal;
                }
            }
        }
    }

    private static <T> List<T> atOnce(Caller<T> body) throws Exception {
        var answers = new ArrayList<T>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Future<T>>();
            for (int i = 0; i < CALLERS; i++) {
                int caller = i;
                calls.add(threads.submit(() -> body.call(caller)));
            }
            for (Future<T> call : calls) {
                answers.add(call.get());
            }
        }
        return answers;
    }
}
