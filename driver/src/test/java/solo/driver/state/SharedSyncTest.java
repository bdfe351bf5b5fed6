package solo.driver.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedSyncTest {

    private final Semaphore disk = new Semaphore(0);
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger returned = new AtomicInteger();
    private volatile boolean broken;
    private final SharedSync sync = new SharedSync(() -> {
        begun.incrementAndGet();
        disk.acquireUninterruptibly();
        if (broken) {
            throw new IOException("the disk is broken");
        }
    });

    @Test
    void those_who_come_during_a_sync_share_the_next_one() throws InterruptedException {
        List<Thread> threads = new ArrayList<>(List.of(syncing()));
        await().until(() -> begun.get() == 1);
        for (int i = 0; i < 20; i++) {
            threads.add(syncing());
        }
        await().until(() -> threads.stream().skip(1).allMatch(thread -> thread.getState() == Thread.State.WAITING));
        disk.release();
        await().until(() -> begun.get() == 2);
        assertThat(returned.get()).as("the sync before theirs does not count").isEqualTo(1);
        disk.release();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(begun.get()).isEqualTo(2);
        assertThat(returned.get()).isEqualTo(21);
    }

    @Test
    void a_failed_sync_counts_for_nobody() {
        disk.release(2);
        broken = true;
        assertThatThrownBy(sync::await).hasMessage("the disk is broken");
        broken = false;
        Thread next = syncing();
        await().until(() -> !next.isAlive());
        assertThat(begun.get()).isEqualTo(2);
        assertThat(returned.get()).isEqualTo(1);
    }

    private Thread syncing() {
        return Thread.ofPlatform().start(() -> {
            try {
                sync.await();
                returned.incrementAndGet();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
