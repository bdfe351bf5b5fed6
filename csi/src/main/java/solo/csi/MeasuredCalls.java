package solo.csi;

import com.google.protobuf.Message;
import java.time.Duration;
import java.util.function.Supplier;
import solo.csi.model.Code;

/** Measures unary calls; streams are left out, as in the Go sidecars. */
public final class MeasuredCalls implements Calls {
    /** The driver's name as long as it has not been asked for it. */
    public static final String UNKNOWN_DRIVER = "unknown-driver";

    private final Calls next;
    private final CallMetrics metrics;
    private final Supplier<String> driverName;

    /** The name is asked for at each call, since the first calls are those that find it out. */
    public MeasuredCalls(Calls next, CallMetrics metrics, Supplier<String> driverName) {
        this.next = next;
        this.metrics = metrics;
        this.driverName = driverName;
    }

    @Override
    public <Q extends Message, A extends Message> A call(Rpc<Q, A> rpc, Q request) throws CsiException {
        long start = System.nanoTime();
        String code = "unknown-non-grpc";
        try {
            A answer = next.call(rpc, request);
            code = Code.OK.goName();
            return answer;
        } catch (CsiException refused) {
            code = refused.code().goName();
            throw refused;
        } finally {
            metrics.observe(driverName.get(), rpc.path(), code, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    @Override
    public <Q extends Message, A extends Message> void stream(StreamRpc<Q, A> rpc, Q request, Sink<A> sink)
            throws CsiException {
        next.stream(rpc, request, sink);
    }
}
