package solo.csi;

import com.google.protobuf.Message;

/**
 * The one way to a driver that everything hangs on: a request goes in, an answer or a {@link CsiException} comes out.
 * It ends in {@link InProcessCalls} or {@link GrpcCalls}; whatever is wrapped around it (metrics, logs, deadlines,
 * limits) is therefore written once for both. {@link RpcDriver} turns it back into a {@link Driver}.
 */
public interface Calls {
    <Q extends Message, A extends Message> A call(Rpc<Q, A> rpc, Q request) throws CsiException;

    /** Returns when the stream has ended well; throws when it broke off, also because the sink threw. */
    <Q extends Message, A extends Message> void stream(StreamRpc<Q, A> rpc, Q request, Sink<A> sink)
            throws CsiException;
}
