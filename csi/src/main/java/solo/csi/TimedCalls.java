package solo.csi;

import com.google.protobuf.Message;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import solo.csi.model.Code;

/**
 * Gives every call a deadline. A driver on a socket is told of it; a driver in this process runs on a thread of its
 * own, which is interrupted. Either way the caller gets DEADLINE_EXCEEDED on time, and the operation may still be
 * going on. The words are Go's, and the same each time, so that repeated events are counted rather than listed.
 */
public final class TimedCalls implements Calls {
    private final Calls next;
    private final Duration timeout;

    public TimedCalls(Calls next, Duration timeout) {
        this.next = next;
        this.timeout = timeout;
    }

    @Override
    public <Q extends Message, A extends Message> A call(Rpc<Q, A> rpc, Q request) throws CsiException {
        return within(rpc.path(), () -> next.call(rpc, request));
    }

    @Override
    public <Q extends Message, A extends Message> void stream(StreamRpc<Q, A> rpc, Q request, Sink<A> sink)
            throws CsiException {
        this.<@Nullable Void>within(rpc.path(), () -> {
            next.stream(rpc, request, message -> {
                // The caller may have left while the driver goes on.
                if (Thread.currentThread().isInterrupted()) {
                    throw new CsiException(Code.CANCELED, "context canceled");
                }
                sink.accept(message);
            });
            return null;
        });
    }

    private <R extends @Nullable Object> R within(String path, CallDeadline.Action<R> action) throws CsiException {
        CallDeadline deadline = CallDeadline.in(timeout).orSooner();
        var task = new FutureTask<R>(() -> deadline.during(action));
        Thread.ofVirtual().name("call " + path).start(task);
        try {
            return task.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            task.cancel(true);
            throw deadlineExceeded(late);
        } catch (InterruptedException stopping) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new CsiException(Code.CANCELED, "context canceled", stopping);
        } catch (ExecutionException failed) {
            throw cause(failed, deadline);
        }
    }

    private static CsiException cause(ExecutionException failed, CallDeadline deadline) {
        return switch (failed.getCause()) {
            case CsiException refused
            when refused.code() == Code.DEADLINE_EXCEEDED
                    && deadline.remaining().isZero() -> deadlineExceeded(refused);
            case CsiException refused -> refused;
            case RuntimeException bug -> throw bug;
            case Error error -> throw error;
            case null, default -> throw new IllegalStateException(failed);
        };
    }

    private static CsiException deadlineExceeded(Exception cause) {
        return new CsiException(Code.DEADLINE_EXCEEDED, "context deadline exceeded", cause);
    }
}
