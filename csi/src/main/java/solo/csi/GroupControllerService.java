package solo.csi;

import csi.v1.CreateVolumeGroupSnapshotRequest;
import csi.v1.CreateVolumeGroupSnapshotResponse;
import csi.v1.DeleteVolumeGroupSnapshotRequest;
import csi.v1.DeleteVolumeGroupSnapshotResponse;
import csi.v1.GetVolumeGroupSnapshotRequest;
import csi.v1.GetVolumeGroupSnapshotResponse;
import csi.v1.GroupControllerGetCapabilitiesRequest;
import csi.v1.GroupControllerGetCapabilitiesResponse;

/** Snapshots of several volumes at one point in time. */
public interface GroupControllerService {
    default GroupControllerGetCapabilitiesResponse groupControllerGetCapabilities(
            GroupControllerGetCapabilitiesRequest request) throws CsiException {
        throw CsiException.unimplemented("GroupControllerGetCapabilities");
    }

    /** The same name and sources give the same group. */
    default CreateVolumeGroupSnapshotResponse createVolumeGroupSnapshot(CreateVolumeGroupSnapshotRequest request)
            throws CsiException {
        throw CsiException.unimplemented("CreateVolumeGroupSnapshot");
    }

    /** OK when there is no such group. */
    default DeleteVolumeGroupSnapshotResponse deleteVolumeGroupSnapshot(DeleteVolumeGroupSnapshotRequest request)
            throws CsiException {
        throw CsiException.unimplemented("DeleteVolumeGroupSnapshot");
    }

    /** NOT_FOUND for an unknown group, INVALID_ARGUMENT when the member list differs. */
    default GetVolumeGroupSnapshotResponse getVolumeGroupSnapshot(GetVolumeGroupSnapshotRequest request)
            throws CsiException {
        throw CsiException.unimplemented("GetVolumeGroupSnapshot");
    }
}
