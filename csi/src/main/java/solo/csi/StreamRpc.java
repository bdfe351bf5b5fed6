package solo.csi;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;

/** One call of CSI that is answered by a stream of messages; otherwise like {@link Rpc}. */
public final class StreamRpc<Q extends Message, A extends Message> {

    @FunctionalInterface
    interface Handler<Q, A extends Message> {
        void handle(Driver driver, Q request, Sink<A> sink) throws CsiException;
    }

    private final MethodDescriptor<Q, A> method;
    private final Handler<Q, A> handler;

    StreamRpc(String service, String name, Q request, A answer, Handler<Q, A> handler) {
        this.method = MethodDescriptor.newBuilder(ProtoUtils.marshaller(request), ProtoUtils.marshaller(answer))
                .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
                .setFullMethodName("csi.v1." + service + "/" + name)
                .build();
        this.handler = handler;
    }

    public String path() {
        return "/" + method.getFullMethodName();
    }

    void invoke(Driver driver, Q request, Sink<A> sink) throws CsiException {
        handler.handle(driver, request, sink);
    }

    MethodDescriptor<Q, A> method() {
        return method;
    }

    @Override
    public String toString() {
        return path();
    }
}
