package solo.simulation;

import com.google.protobuf.Message;
import solo.csi.Calls;
import solo.csi.CsiException;
import solo.csi.Rpc;
import solo.csi.Sink;
import solo.csi.StreamRpc;
import solo.csi.model.Code;
import solo.kube.Leadership;

/** Asks nothing of the driver without the lease, as {@code solo.app.FencedCalls} does, which is out of reach here. */
record FencedDriverCalls(Calls next, Leadership leadership) implements Calls {

    @Override
    public <Q extends Message, A extends Message> A call(Rpc<Q, A> rpc, Q request) throws CsiException {
        check();
        return next.call(rpc, request);
    }

    @Override
    public <Q extends Message, A extends Message> void stream(StreamRpc<Q, A> rpc, Q request, Sink<A> sink)
            throws CsiException {
        check();
        next.stream(rpc, request, sink);
    }

    private void check() throws CsiException {
        if (!leadership.leading()) {
            throw new CsiException(Code.CANCELED, "this replica does not hold the lease; nothing was sent");
        }
    }
}
