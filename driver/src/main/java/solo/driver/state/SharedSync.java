package solo.driver.state;

import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One sync for everybody who waits for it: a sync that begins after a change covers that change, whoever asked for it.
 * A hundred volumes made at once cost a few syncs of their directory, not hundreds.
 */
public final class SharedSync {

    /** Brings everything that was done before the call onto stable storage. */
    public interface Sync {
        void run() throws IOException;
    }

    private final Sync sync;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private long begun;
    /** The last that succeeded. */
    private long done;

    private boolean running;

    public SharedSync(Sync sync) {
        this.sync = sync;
    }

    /** Returns when a sync that began after this call has succeeded. */
    public void await() throws IOException {
        lock.lock();
        try {
            long needed = begun + 1;
            while (done < needed) {
                if (running) {
                    ended.awaitUninterruptibly();
                } else {
                    lead();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void lead() throws IOException {
        running = true;
        long mine = ++begun;
        boolean succeeded = false;
        lock.unlock();
        try {
            sync.run();
            succeeded = true;
        } finally {
            lock.lock();
            running = false;
            if (succeeded) {
                done = mine;
            }
            ended.signalAll();
        }
    }
}
