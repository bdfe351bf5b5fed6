package solo.csi;

import csi.v1.GetMetadataAllocatedRequest;
import csi.v1.GetMetadataAllocatedResponse;
import csi.v1.GetMetadataDeltaRequest;
import csi.v1.GetMetadataDeltaResponse;

/** SnapshotMetadataService by way of {@link Calls}. */
record RpcSnapshotMetadataService(Calls calls) implements SnapshotMetadataService {
    @Override
    public void getMetadataAllocated(GetMetadataAllocatedRequest request, Sink<GetMetadataAllocatedResponse> sink)
            throws CsiException {
        calls.stream(Rpcs.GET_METADATA_ALLOCATED, request, sink);
    }

    @Override
    public void getMetadataDelta(GetMetadataDeltaRequest request, Sink<GetMetadataDeltaResponse> sink)
            throws CsiException {
        calls.stream(Rpcs.GET_METADATA_DELTA, request, sink);
    }
}
