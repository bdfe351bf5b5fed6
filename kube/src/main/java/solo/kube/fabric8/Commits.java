package solo.kube.fabric8;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;

/** Those who wait for the next write of the Lease: whoever asked before it began shares its fate. */
final class Commits {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private long asked;
    private long succeeded;
    private long failed;
    private @Nullable ApiException failure;

    /** Asks for a write and waits for it; {@code hurry} tells the elector. */
    void await(Runnable hurry, Duration atMost) throws ApiException {
        lock.lock();
        try {
            long mine = ++asked;
            hurry.run();
            long left = atMost.toNanos();
            while (succeeded < mine && failed < mine && left > 0) {
                left = ended.awaitNanos(left);
            }
            if (succeeded >= mine) {
                return;
            }
            ApiException why = failed >= mine ? failure : null;
            throw why == null
                    ? new ApiException(Failure.UNAVAILABLE, "the lease was not written within " + atMost)
                    : new ApiException(why.failure(), String.valueOf(why.getMessage()), why);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(Failure.UNAVAILABLE, "interrupted before the lease was written", e);
        } finally {
            lock.unlock();
        }
    }

    /** Those who have asked by now; their write is about to begin. */
    long begin() {
        lock.lock();
        try {
            return asked;
        } finally {
            lock.unlock();
        }
    }

    /** The write for those up to {@code batch} has succeeded, or failed for this reason. */
    void end(long batch, @Nullable ApiException why) {
        lock.lock();
        try {
            if (why == null) {
                succeeded = batch;
            } else {
                failed = batch;
                failure = why;
            }
            ended.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
