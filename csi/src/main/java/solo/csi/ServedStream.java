package solo.csi;

import com.google.protobuf.Message;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import solo.csi.model.Code;

/** One answer stream of the server. The driver's thread waits whenever the caller reads more slowly than it writes. */
final class ServedStream<A extends Message> implements Sink<A> {
    private final ServerCallStreamObserver<A> out;
    private final Semaphore wakeUps = new Semaphore(0);

    private ServedStream(ServerCallStreamObserver<A> out) {
        this.out = out;
    }

    // On a thread of its own: gRPC reports readiness on the call's thread, which must therefore not be the one that
    // waits.
    static <Q extends Message, A extends Message> void start(
            StreamRpc<Q, A> rpc, Q request, ServerCallStreamObserver<A> out, Calls calls) {
        var stream = new ServedStream<A>(out);
        out.setOnReadyHandler(stream.wakeUps::release);
        out.setOnCancelHandler(stream.wakeUps::release);
        Thread.ofVirtual()
                .name("stream " + rpc.path())
                .start(Context.current().wrap(() -> stream.run(rpc, request, calls)));
    }

    private <Q extends Message> void run(StreamRpc<Q, A> rpc, Q request, Calls calls) {
        try {
            ServedCall.<@Nullable Void>whileCallerWaits(() -> {
                calls.stream(rpc, request, this);
                return null;
            });
            out.onCompleted();
        } catch (CsiException refused) {
            out.onError(GrpcStatus.toStatus(refused));
        } catch (RuntimeException | Error bug) {
            // Nobody above would end the call, and its caller would wait for ever.
            out.onError(GrpcStatus.toStatus(new CsiException(Code.INTERNAL, bug.toString())));
            throw bug;
        }
    }

    @Override
    public void accept(A message) throws CsiException {
        while (!out.isReady()) {
            if (out.isCancelled()) {
                throw new CsiException(Code.CANCELED, "the caller has stopped reading");
            }
            try {
                wakeUps.acquire();
            } catch (InterruptedException gone) {
                Thread.currentThread().interrupt();
                throw new CsiException(Code.CANCELED, "the caller has stopped reading", gone);
            }
        }
        out.onNext(message);
    }
}
