package solo.csi;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import solo.csi.model.Code;

/** Calls that end in a driver on the other side of a gRPC channel. The current {@link CallDeadline} goes with them. */
public final class GrpcCalls implements Calls {
    private final Channel channel;

    public GrpcCalls(Channel channel) {
        this.channel = channel;
    }

    @Override
    public <Q extends Message, A extends Message> A call(Rpc<Q, A> rpc, Q request) throws CsiException {
        try {
            return ClientCalls.blockingV2UnaryCall(channel, rpc.method(), options(), request);
        } catch (StatusException refused) {
            throw GrpcStatus.toRefusal(refused);
        }
    }

    @Override
    public <Q extends Message, A extends Message> void stream(StreamRpc<Q, A> rpc, Q request, Sink<A> sink)
            throws CsiException {
        BlockingClientCall<Q, A> call =
                ClientCalls.blockingV2ServerStreamingCall(channel, rpc.method(), options(), request);
        try {
            for (@Nullable A message = call.read(); message != null; message = call.read()) {
                sink.accept(message);
            }
        } catch (StatusException refused) {
            throw GrpcStatus.toRefusal(refused);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new CsiException(Code.CANCELED, "context canceled", stopping);
        } finally {
            // Ends the call when the sink threw; does nothing to one that has ended.
            call.cancel("the caller has stopped reading", null);
        }
    }

    private static CallOptions options() {
        CallDeadline deadline = CallDeadline.current();
        return deadline == null
                ? CallOptions.DEFAULT
                : CallOptions.DEFAULT.withDeadlineAfter(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    }
}
