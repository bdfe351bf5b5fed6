package solo.csi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the caller of the current driver call stops waiting, on the monotonic clock. {@link TimedCalls} and
 * {@link DriverServer} set it; {@link GrpcCalls} sends it along; a driver in this process may read it to plan its work.
 */
public record CallDeadline(long nanoTime) {
    private static final ScopedValue<CallDeadline> CURRENT = ScopedValue.newInstance();

    @FunctionalInterface
    interface Action<R extends @Nullable Object> {
        R run() throws CsiException;
    }

    static CallDeadline in(Duration time) {
        return new CallDeadline(System.nanoTime() + time.toNanos());
    }

    /** The deadline of the call that this thread is serving; null when there is none. */
    public static @Nullable CallDeadline current() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }

    /** Zero when it has passed. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    /** This one, or the current one if that is sooner: an inner call never outlives the outer one. */
    CallDeadline orSooner() {
        CallDeadline outer = current();
        return outer != null && outer.nanoTime - nanoTime < 0 ? outer : this;
    }

    /** Runs the action with this as the current deadline. */
    <R extends @Nullable Object> R during(Action<R> action) throws CsiException {
        return ScopedValue.where(CURRENT, this).<R, CsiException>call(action::run);
    }
}
