package solo.it;

import com.google.protobuf.Message;
import csi.v1.ControllerExpandVolumeResponse;
import csi.v1.NodeExpandVolumeRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import solo.csi.Calls;
import solo.csi.CsiException;
import solo.csi.Rpc;
import solo.csi.Sink;
import solo.csi.StreamRpc;

/** A driver whose volumes are grown by the controller first and by the node when a pod mounts them. */
final class NodeGrowing implements Calls {

    private final Calls next;
    private final List<Long> grown = new CopyOnWriteArrayList<>();

    NodeGrowing(Calls next) {
        this.next = next;
    }

    /** The sizes that the kubelet has asked for. */
    List<Long> grown() {
        return grown;
    }

    @Override
    @SuppressWarnings("unchecked") // the answer of that very call, changed
    public <Q extends Message, A extends Message> A call(Rpc<Q, A> rpc, Q request) throws CsiException {
        A answer = next.call(rpc, request);
        if (request instanceof NodeExpandVolumeRequest expand) {
            grown.add(expand.getCapacityRange().getRequiredBytes());
        }
        return answer instanceof ControllerExpandVolumeResponse expanded
                ? (A) expanded.toBuilder().setNodeExpansionRequired(true).build()
                : answer;
    }

    @Override
    public <Q extends Message, A extends Message> void stream(StreamRpc<Q, A> rpc, Q request, Sink<A> sink)
            throws CsiException {
        next.stream(rpc, request, sink);
    }
}
