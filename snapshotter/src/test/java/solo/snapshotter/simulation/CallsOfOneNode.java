package solo.snapshotter.simulation;

import com.google.protobuf.Message;
import csi.v1.CreateSnapshotRequest;
import csi.v1.CreateVolumeGroupSnapshotRequest;
import csi.v1.DeleteSnapshotRequest;
import csi.v1.DeleteVolumeGroupSnapshotRequest;
import csi.v1.GetVolumeGroupSnapshotRequest;
import csi.v1.ListSnapshotsRequest;
import java.util.List;
import java.util.Map;
import solo.csi.Calls;
import solo.csi.CsiException;
import solo.csi.Rpc;
import solo.csi.Sink;
import solo.csi.StreamRpc;

/**
 * The calls that the half on one node makes: what another node has is none of its business, and asking for it is a bug.
 *
 * @param nodes by the id of a volume, a snapshot or a group; whoever names a new id first, has it. One for each world,
 *     because the driver outlives the processes
 */
record CallsOfOneNode(Calls next, String node, Map<String, String> nodes) implements Calls {

    @Override
    public <Q extends Message, A extends Message> A call(Rpc<Q, A> rpc, Q request) throws CsiException {
        for (String id : about(request)) {
            String owner = nodes.computeIfAbsent(id, any -> node);
            if (!owner.equals(node)) {
                throw new AssertionError(node + " calls " + rpc.path() + " for " + id + " of " + owner);
            }
        }
        return next.call(rpc, request);
    }

    private static List<String> about(Message request) {
        return switch (request) {
            case CreateSnapshotRequest take -> List.of(take.getSourceVolumeId());
            case CreateVolumeGroupSnapshotRequest take -> take.getSourceVolumeIdsList();
            case DeleteSnapshotRequest delete -> List.of(delete.getSnapshotId());
            case DeleteVolumeGroupSnapshotRequest delete -> List.of(delete.getGroupSnapshotId());
            case ListSnapshotsRequest list -> List.of(list.getSnapshotId());
            case GetVolumeGroupSnapshotRequest get -> List.of(get.getGroupSnapshotId());
            default -> List.of();
        };
    }

    @Override
    public <Q extends Message, A extends Message> void stream(StreamRpc<Q, A> rpc, Q request, Sink<A> sink)
            throws CsiException {
        next.stream(rpc, request, sink);
    }
}
