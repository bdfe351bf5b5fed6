package solo.app;

import com.google.protobuf.Message;
import solo.csi.Calls;
import solo.csi.CsiException;
import solo.csi.Rpc;
import solo.csi.Sink;
import solo.csi.StreamRpc;
import solo.csi.model.Code;
import solo.kube.Leadership;

/**
 * Keeps a process that no longer leads from asking the driver for anything. The refusal is CANCELED: nothing was sent,
 * and every controller takes it as "look again", never as an answer.
 */
final class FencedCalls implements Calls {

    private final Calls next;
    private final Leadership leadership;

    FencedCalls(Calls next, Leadership leadership) {
        this.next = next;
        this.leadership = leadership;
    }

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
