package solo.csi;

import com.google.protobuf.Message;
import java.util.function.BooleanSupplier;
import solo.csi.model.Code;

/**
 * Keeps a process that no longer leads from asking the driver for anything. The refusal is CANCELED: nothing was sent,
 * and every controller takes it as "look again", never as an answer.
 */
public final class FencedCalls implements Calls {

    private final Calls next;
    private final BooleanSupplier leading;

    /** {@code leading} is asked before each call: whether this process holds the lease now. */
    public FencedCalls(Calls next, BooleanSupplier leading) {
        this.next = next;
        this.leading = leading;
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
        if (!leading.getAsBoolean()) {
            throw new CsiException(Code.CANCELED, "this replica does not hold the lease; nothing was sent");
        }
    }
}
