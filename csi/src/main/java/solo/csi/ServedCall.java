package solo.csi;

import io.grpc.Context;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The thread of a call that came in over a socket: told of the caller's deadline, interrupted when the caller goes. */
final class ServedCall {
    private ServedCall() {}

    static <R extends @Nullable Object> R whileCallerWaits(CallDeadline.Action<R> action) throws CsiException {
        Context context = Context.current();
        Thread serving = Thread.currentThread();
        Context.CancellationListener gone = cancelled -> serving.interrupt();
        context.addListener(gone, Runnable::run);
        try {
            Deadline deadline = context.getDeadline();
            return deadline == null
                    ? action.run()
                    : CallDeadline.in(Duration.ofNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS)))
                            .during(action);
        } finally {
            context.removeListener(gone);
        }
    }
}
