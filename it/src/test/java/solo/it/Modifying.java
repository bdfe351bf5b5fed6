package solo.it;

import com.google.protobuf.Message;
import csi.v1.ControllerGetCapabilitiesResponse;
import csi.v1.ControllerModifyVolumeRequest;
import csi.v1.ControllerModifyVolumeResponse;
import csi.v1.ControllerServiceCapability.RPC;
import csi.v1.CreateVolumeRequest;
import solo.csi.Calls;
import solo.csi.CsiException;
import solo.csi.Rpc;
import solo.csi.Sink;
import solo.csi.StreamRpc;

/** A driver to which every VolumeAttributesClass is fine. */
record Modifying(Calls next) implements Calls {

    @Override
    @SuppressWarnings("unchecked") // the answers of those very calls
    public <Q extends Message, A extends Message> A call(Rpc<Q, A> rpc, Q request) throws CsiException {
        if (request instanceof ControllerModifyVolumeRequest) {
            return (A) ControllerModifyVolumeResponse.getDefaultInstance();
        }
        if (request instanceof CreateVolumeRequest create) {
            return next.call(rpc, (Q) create.toBuilder().clearMutableParams().build());
        }
        A answer = next.call(rpc, request);
        if (answer instanceof ControllerGetCapabilitiesResponse can) {
            var more = can.toBuilder();
            more.addCapabilitiesBuilder().getRpcBuilder().setType(RPC.Type.MODIFY_VOLUME);
            return (A) more.build();
        }
        return answer;
    }

    @Override
    public <Q extends Message, A extends Message> void stream(StreamRpc<Q, A> rpc, Q request, Sink<A> sink)
            throws CsiException {
        next.stream(rpc, request, sink);
    }
}
