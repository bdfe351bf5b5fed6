package solo.csi;

import com.google.protobuf.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.csi.model.Code;

/**
 * Calls that end in a driver of this process. A driver's bug (an unchecked exception) becomes INTERNAL, exactly as if
 * it had answered so over a socket; without a code the volume would count as unfinished for ever.
 */
public final class InProcessCalls implements Calls {
    private static final Logger log = LoggerFactory.getLogger(InProcessCalls.class);

    private final Driver driver;

    public InProcessCalls(Driver driver) {
        this.driver = driver;
    }

    @Override
    public <Q extends Message, A extends Message> A call(Rpc<Q, A> rpc, Q request) throws CsiException {
        @Nullable A answer;
        try {
            answer = rpc.invoke(driver, request);
        } catch (RuntimeException bug) {
            throw internal(rpc.path(), bug);
        }
        if (answer == null) {
            throw new CsiException(Code.INTERNAL, "the driver answered " + rpc.path() + " with null");
        }
        return answer;
    }

    @Override
    public <Q extends Message, A extends Message> void stream(StreamRpc<Q, A> rpc, Q request, Sink<A> sink)
            throws CsiException {
        try {
            rpc.invoke(driver, request, sink);
        } catch (RuntimeException bug) {
            throw internal(rpc.path(), bug);
        }
    }

    private static CsiException internal(String path, RuntimeException bug) {
        log.error("driver failed unexpectedly call={}", path, bug);
        return new CsiException(Code.INTERNAL, "the driver failed unexpectedly: " + bug, bug);
    }
}
