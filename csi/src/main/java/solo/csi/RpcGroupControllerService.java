package solo.csi;

import csi.v1.CreateVolumeGroupSnapshotRequest;
import csi.v1.CreateVolumeGroupSnapshotResponse;
import csi.v1.DeleteVolumeGroupSnapshotRequest;
import csi.v1.DeleteVolumeGroupSnapshotResponse;
import csi.v1.GetVolumeGroupSnapshotRequest;
import csi.v1.GetVolumeGroupSnapshotResponse;

/** GroupControllerService by way of {@link Calls}. */
record RpcGroupControllerService(Calls calls) implements GroupControllerService {
    @Override
    public CreateVolumeGroupSnapshotResponse createVolumeGroupSnapshot(CreateVolumeGroupSnapshotRequest request)
            throws CsiException {
        return calls.call(Rpcs.CREATE_VOLUME_GROUP_SNAPSHOT, request);
    }

    @Override
    public DeleteVolumeGroupSnapshotResponse deleteVolumeGroupSnapshot(DeleteVolumeGroupSnapshotRequest request)
            throws CsiException {
        return calls.call(Rpcs.DELETE_VOLUME_GROUP_SNAPSHOT, request);
    }

    @Override
    public GetVolumeGroupSnapshotResponse getVolumeGroupSnapshot(GetVolumeGroupSnapshotRequest request)
            throws CsiException {
        return calls.call(Rpcs.GET_VOLUME_GROUP_SNAPSHOT, request);
    }
}
