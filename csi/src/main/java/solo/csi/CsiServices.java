package solo.csi;

import com.google.protobuf.Message;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The five CSI services as gRPC serves them, made from the table of calls. */
final class CsiServices {
    private CsiServices() {}

    static List<ServerServiceDefinition> of(Calls calls) {
        var services = new TreeMap<String, ServerServiceDefinition.Builder>();
        Rpcs.UNARY.forEach(rpc -> addUnary(services, rpc, calls));
        Rpcs.STREAMS.forEach(rpc -> addStream(services, rpc, calls));
        return services.values().stream()
                .map(ServerServiceDefinition.Builder::build)
                .toList();
    }

    private static <Q extends Message, A extends Message> void addUnary(
            Map<String, ServerServiceDefinition.Builder> services, Rpc<Q, A> rpc, Calls calls) {
        service(services, rpc.method().getServiceName())
                .addMethod(
                        rpc.method(), ServerCalls.asyncUnaryCall((request, out) -> answer(rpc, request, out, calls)));
    }

    private static <Q extends Message, A extends Message> void addStream(
            Map<String, ServerServiceDefinition.Builder> services, StreamRpc<Q, A> rpc, Calls calls) {
        service(services, rpc.method().getServiceName())
                .addMethod(
                        rpc.method(),
                        ServerCalls.asyncServerStreamingCall((request, out) ->
                                ServedStream.start(rpc, request, (ServerCallStreamObserver<A>) out, calls)));
    }

    private static ServerServiceDefinition.Builder service(
            Map<String, ServerServiceDefinition.Builder> services, @Nullable String name) {
        return services.computeIfAbsent(String.valueOf(name), ServerServiceDefinition::builder);
    }

    private static <Q extends Message, A extends Message> void answer(
            Rpc<Q, A> rpc, Q request, StreamObserver<A> out, Calls calls) {
        try {
            A answer = ServedCall.whileCallerWaits(() -> calls.call(rpc, request));
            out.onNext(answer);
            out.onCompleted();
        } catch (CsiException refused) {
            out.onError(GrpcStatus.toStatus(refused));
        }
    }
}
