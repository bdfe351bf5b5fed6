package solo.kube;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many requests may be in flight to the API server: grows by one a round while answers are quick, shrinks when the
 * server says so (429, Retry-After, no answer) or when answers take much longer than they can. The last places are kept
 * for urgent requests, which also go first.
 */
public final class AdaptiveLimit {

    /** One HTTP/2 connection carries about 100 streams, and watches need some of them. */
    static final int MOST = 64;

    private static final int LEAST = 4;
    /** Slow answers alone do not go below this: a slow disk under etcd still takes many writes at once. */
    private static final int LEAST_WHEN_SLOW = 16;

    private static final int START = 20;
    private static final int RESERVED = 4;
    private static final double SHRINK = 0.7;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** Leave to have one request in flight; must be ended exactly once. */
    public final class Token {
        private final long started = clock.nanos();

        private Token() {}

        /** The server answered (also with a refusal that has nothing to do with load). */
        public void success() {
            release(clock.nanos() - started, false, Duration.ZERO);
        }

        /** Says nothing about the server, for instance because the caller gave up. */
        public void ignored() {
            release(0, false, Duration.ZERO);
        }

        /** The server has too much to do, and wants nobody to come back before {@code pause} is over. */
        public void dropped(Duration pause) {
            release(0, true, pause);
        }
    }

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition urgent = lock.newCondition();
    private final Condition normal = lock.newCondition();
    private double limit = START;
    private int inFlight;
    private int urgentWaiting;
    private long pausedUntil;
    private long shrunk;
    private boolean everShrunk;
    /** Nanoseconds; the quickest answer, forgotten slowly, and the average of late. */
    private double quickest;

    private double average;

    public AdaptiveLimit(Clock clock) {
        this.clock = clock;
        this.pausedUntil = clock.nanos();
    }

    /** Waits for leave. */
    public Token acquire(boolean inHaste) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            urgentWaiting += inHaste ? 1 : 0;
            try {
                while (!free(inHaste)) {
                    long pause = pausedUntil - clock.nanos();
                    Condition turn = inHaste ? urgent : normal;
                    if (pause > 0) {
                        var _ = turn.awaitNanos(pause);
                    } else {
                        turn.await();
                    }
                }
            } finally {
                urgentWaiting -= inHaste ? 1 : 0;
            }
            inFlight++;
            return new Token();
        } finally {
            wakeOne();
            lock.unlock();
        }
    }

    public int limit() {
        lock.lock();
        try {
            return (int) limit;
        } finally {
            lock.unlock();
        }
    }

    public int inFlight() {
        lock.lock();
        try {
            return inFlight;
        } finally {
            lock.unlock();
        }
    }

    private boolean free(boolean inHaste) {
        if (pausedUntil - clock.nanos() > 0) {
            return false;
        }
        return inHaste ? inFlight < (int) limit + RESERVED : urgentWaiting == 0 && inFlight < (int) limit;
    }

    private void release(long took, boolean dropped, Duration pause) {
        lock.lock();
        try {
            boolean busy = inFlight * 2 >= (int) limit;
            inFlight--;
            if (took > 0) {
                quickest = quickest == 0 ? took : Math.min((double) took, quickest * 1.001);
                average = average == 0 ? took : average * 0.9 + took * 0.1;
            }
            if (dropped) {
                shrink(LEAST);
            } else if (slow()) {
                shrink(LEAST_WHEN_SLOW);
            } else if (took > 0 && busy) {
                // Before the first refusal quickly, then one more for each round of answers.
                limit = Math.min(MOST - RESERVED, limit + (everShrunk ? 1 / limit : 1));
            }
            if (pause.isPositive()) {
                Duration bounded = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
                pausedUntil = clock.nanos() + bounded.toNanos();
            }
        } finally {
            wakeOne();
            lock.unlock();
        }
    }

    /** Answers take more than half a second on average, and eight times as long as they can. */
    private boolean slow() {
        return average > 500_000_000 && average > 8 * quickest;
    }

    /** Once a second at most: what is in flight now was sent under the old limit. */
    private void shrink(int least) {
        long now = clock.nanos();
        if (!everShrunk || now - shrunk > 1_000_000_000) {
            limit = Math.min(limit, Math.max(least, limit * SHRINK));
            shrunk = now;
            everShrunk = true;
        }
    }

    private void wakeOne() {
        if (urgentWaiting > 0) {
            urgent.signal();
        } else {
            normal.signal();
        }
    }
}
