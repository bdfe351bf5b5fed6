package solo.simulation;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Who may run: one task, or, when it is nobody's turn, the thread that began the simulation. Whoever holds the turn is
 * the only one to touch the world, and passes it on itself.
 */
final class Turns {

    /** A thread that waits for longer than this waits for something that no port knows of. */
    private static final long STUCK_NANOS = 30_000_000_000L;

    private final Thread caller = Thread.currentThread();
    private volatile @Nullable SimulationTask holder;
    private volatile long passed;

    /** Null while the caller runs. */
    @Nullable
    SimulationTask holder() {
        return holder;
    }

    /** Lets the next one run; null lets the caller run. The current thread has to wait or to end. */
    void pass(@Nullable SimulationTask next) {
        passed = System.nanoTime();
        holder = next;
        if (next == null) {
            LockSupport.unpark(caller);
        } else {
            next.wake();
        }
    }

    /** Comes back when it is the task's turn, or when its process has died. */
    void await(SimulationTask me) {
        while (holder != me && me.process().alive()) {
            LockSupport.park(this);
        }
    }

    /** Comes back when it is the caller's turn again; names the task that never gives it back. */
    @Nullable
    SimulationTask awaitCaller() {
        while (holder != null) {
            LockSupport.parkNanos(this, STUCK_NANOS / 10);
            SimulationTask stuck = holder;
            if (stuck != null && System.nanoTime() - passed > STUCK_NANOS) {
                return stuck;
            }
        }
        return null;
    }
}
