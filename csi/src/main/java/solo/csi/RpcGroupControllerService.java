package solo.csi;

import csi.v1.CreateVolumeGroupSnapshotRequest;
import csi.v1.CreateVolumeGroupSnapshotResponse;
import csi.v1.DeleteVolumeGroupSnapshotRequest;
import csi.v1.DeleteVolumeGroupSnapshotResponse;
import csi.v1.GetVolumeGroupSnapshotRequest;
import csi.v1.GetVolumeGroupSnapshotResponse;
import csi.v1.GroupControllerGetCapabilitiesRequest;
import csi.v1.GroupControllerGetCapabilitiesResponse;

/** GroupControllerService by way of {@link Calls}. */
record RpcGroupControllerService(Calls calls) implements GroupControllerService {
    @Override
    public GroupControllerGetCapabilitiesResponse groupControllerGetCapabilities(
            GroupControllerGetCapabilitiesRequest request) throws CsiException {
        return calls.call(Rpcs.GROUP_CONTROLLER_GET_CAPABILITIES, request);
    }

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
