package solo.csi;

import csi.v1.GetMetadataAllocatedRequest;
import csi.v1.GetMetadataAllocatedResponse;
import csi.v1.GetMetadataDeltaRequest;
import csi.v1.GetMetadataDeltaResponse;

/**
 * Which blocks of a snapshot hold data, or differ from another snapshot; alpha. A method that returns has sent the
 * whole list; one that throws has sent only part of it.
 */
public interface SnapshotMetadataService {
    /** OUT_OF_RANGE for an offset that is negative or past the end. */
    default void getMetadataAllocated(GetMetadataAllocatedRequest request, Sink<GetMetadataAllocatedResponse> sink)
            throws CsiException {
        throw CsiException.unimplemented("GetMetadataAllocated");
    }

    default void getMetadataDelta(GetMetadataDeltaRequest request, Sink<GetMetadataDeltaResponse> sink)
            throws CsiException {
        throw CsiException.unimplemented("GetMetadataDelta");
    }
}
