package solo.csi;

import com.google.protobuf.Message;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import java.time.Duration;
import solo.csi.model.Code;

/**
 * Lets a limited number of calls at once through to a driver that cannot take more; the others wait their turn. A
 * caller whose patience ends gets UNAVAILABLE, which every controller repeats. Identity calls are never held up: a
 * busy driver is not a dead one.
 */
public final class LimitedCalls implements Calls {
    private final Calls next;
    private final Bulkhead bulkhead;
    private final String refusal;

    public LimitedCalls(Calls next, int atOnce, Duration patience) {
        this.next = next;
        this.bulkhead = Bulkhead.of(
                "driver",
                BulkheadConfig.custom()
                        .maxConcurrentCalls(atOnce)
                        .maxWaitDuration(patience)
                        .build());
        this.refusal = "the driver is busy: " + atOnce + " calls are already running";
    }

    @Override
    public <Q extends Message, A extends Message> A call(Rpc<Q, A> rpc, Q request) throws CsiException {
        if (rpc.isIdentity()) {
            return next.call(rpc, request);
        }
        enter();
        try {
            return next.call(rpc, request);
        } finally {
            bulkhead.onComplete();
        }
    }

    @Override
    public <Q extends Message, A extends Message> void stream(StreamRpc<Q, A> rpc, Q request, Sink<A> sink)
            throws CsiException {
        enter();
        try {
            next.stream(rpc, request, sink);
        } finally {
            bulkhead.onComplete();
        }
    }

    // False also when the waiting thread is interrupted; the interrupt stays set.
    private void enter() throws CsiException {
        if (!bulkhead.tryAcquirePermission()) {
            throw new CsiException(Code.UNAVAILABLE, refusal);
        }
    }
}
