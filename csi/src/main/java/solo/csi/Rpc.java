package solo.csi;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;

/** One unary call of CSI: its name on the wire, its messages, and the method of {@link Driver} that answers it. */
public final class Rpc<Q extends Message, A extends Message> {

    @FunctionalInterface
    interface Handler<Q, A> {
        A handle(Driver driver, Q request) throws CsiException;
    }

    private final MethodDescriptor<Q, A> method;
    private final Handler<Q, A> handler;

    Rpc(String service, String name, Q request, A answer, Handler<Q, A> handler) {
        this.method = MethodDescriptor.newBuilder(ProtoUtils.marshaller(request), ProtoUtils.marshaller(answer))
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName("csi.v1." + service + "/" + name)
                .build();
        this.handler = handler;
    }

    /** {@code /csi.v1.Controller/CreateVolume}: how logs and metrics of the Go sidecars name the call. */
    public String path() {
        return "/" + method.getFullMethodName();
    }

    /** True for the calls that only ask who the driver is; they are answered even when it is busy. */
    boolean isIdentity() {
        return path().startsWith("/csi.v1.Identity/");
    }

    A invoke(Driver driver, Q request) throws CsiException {
        return handler.handle(driver, request);
    }

    MethodDescriptor<Q, A> method() {
        return method;
    }

    @Override
    public String toString() {
        return path();
    }
}
