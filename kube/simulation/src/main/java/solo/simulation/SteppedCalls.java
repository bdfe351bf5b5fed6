package solo.simulation;

import com.google.protobuf.Message;
import org.jspecify.annotations.Nullable;
import solo.csi.Calls;
import solo.csi.CsiException;
import solo.csi.Rpc;
import solo.csi.Sink;
import solo.csi.StreamRpc;

/** The driver of a simulated process: others may act before the effect, and between it and its answer. */
final class SteppedCalls implements Calls {

    private final ModelDriver driver;
    private final Steps steps;

    SteppedCalls(ModelDriver driver, Steps steps) {
        this.driver = driver;
        this.steps = steps;
    }

    @Override
    public <Q extends Message, A extends Message> A call(Rpc<Q, A> rpc, Q request) throws CsiException {
        String name = rpc.path().substring(rpc.path().lastIndexOf('/') + 1);
        String about = FaultyCalls.about(rpc, request);
        steps.inFlight(() -> driver.calls().goOn(rpc, request));
        steps.point(name, about);
        steps.inFlight(null);
        @Nullable DriverFault fault = steps.driverFault(rpc, request);
        try {
            A answer = driver.calls().call(rpc, request, fault);
            steps.effect(name);
            steps.point((fault == null ? "done: " : fault + ": ") + name, about);
            return answer;
        } catch (CsiException refused) {
            steps.effect(name);
            steps.point(refused.code().goName() + " " + (fault == null ? "" : fault) + ": " + name, about);
            throw refused;
        }
    }

    @Override
    public <Q extends Message, A extends Message> void stream(StreamRpc<Q, A> rpc, Q request, Sink<A> sink)
            throws CsiException {
        driver.calls().stream(rpc, request, sink);
    }
}
