package solo.simulation;

import com.google.protobuf.Message;
import csi.v1.CreateVolumeResponse;
import java.util.Map;
import solo.csi.Calls;
import solo.csi.CsiException;
import solo.csi.Rpc;
import solo.csi.Sink;
import solo.csi.StreamRpc;

/**
 * A driver may make a volume that is too small, but then that volume is too small for everybody who asks: what was said
 * of a volume first is said of it always.
 *
 * @param said by volume id; one for each world, because the driver outlives the processes
 */
public record ConsistentAnswers(Calls next, Map<String, CreateVolumeResponse> said) implements Calls {

    @Override
    public <Q extends Message, A extends Message> A call(Rpc<Q, A> rpc, Q request) throws CsiException {
        A answer = next.call(rpc, request);
        if (answer instanceof CreateVolumeResponse created) {
            CreateVolumeResponse first = said.putIfAbsent(created.getVolume().getVolumeId(), created);
            if (first != null) {
                @SuppressWarnings("unchecked") // A is CreateVolumeResponse
                A same = (A) first;
                return same;
            }
        }
        return answer;
    }

    @Override
    public <Q extends Message, A extends Message> void stream(StreamRpc<Q, A> rpc, Q request, Sink<A> sink)
            throws CsiException {
        next.stream(rpc, request, sink);
    }
}
