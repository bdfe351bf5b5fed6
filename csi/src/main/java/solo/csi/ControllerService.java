package solo.csi;

import csi.v1.ControllerExpandVolumeRequest;
import csi.v1.ControllerExpandVolumeResponse;
import csi.v1.ControllerGetCapabilitiesRequest;
import csi.v1.ControllerGetCapabilitiesResponse;
import csi.v1.ControllerGetVolumeHealthRequest;
import csi.v1.ControllerGetVolumeHealthResponse;
import csi.v1.ControllerGetVolumeRequest;
import csi.v1.ControllerGetVolumeResponse;
import csi.v1.ControllerListVolumeHealthRequest;
import csi.v1.ControllerListVolumeHealthResponse;
import csi.v1.ControllerModifyVolumeRequest;
import csi.v1.ControllerModifyVolumeResponse;
import csi.v1.ControllerPublishVolumeRequest;
import csi.v1.ControllerPublishVolumeResponse;
import csi.v1.ControllerUnpublishVolumeRequest;
import csi.v1.ControllerUnpublishVolumeResponse;
import csi.v1.CreateSnapshotRequest;
import csi.v1.CreateSnapshotResponse;
import csi.v1.CreateVolumeRequest;
import csi.v1.CreateVolumeResponse;
import csi.v1.DeleteSnapshotRequest;
import csi.v1.DeleteSnapshotResponse;
import csi.v1.DeleteVolumeRequest;
import csi.v1.DeleteVolumeResponse;
import csi.v1.GetCapacityRequest;
import csi.v1.GetCapacityResponse;
import csi.v1.GetSnapshotRequest;
import csi.v1.GetSnapshotResponse;
import csi.v1.ListSnapshotsRequest;
import csi.v1.ListSnapshotsResponse;
import csi.v1.ListVolumesRequest;
import csi.v1.ListVolumesResponse;
import csi.v1.ValidateVolumeCapabilitiesRequest;
import csi.v1.ValidateVolumeCapabilitiesResponse;

/**
 * What can be done from anywhere: volumes, snapshots, attaching, growing. Each RPC but the three without
 * a named capability is only called when the driver reports that capability.
 */
public interface ControllerService {
    /** Needs CREATE_DELETE_VOLUME. The same name gives the same volume; ALREADY_EXISTS when the request differs. */
    default CreateVolumeResponse createVolume(CreateVolumeRequest request) throws CsiException {
        throw CsiException.unimplemented("CreateVolume");
    }

    /** Needs CREATE_DELETE_VOLUME. OK when there is no such volume; FAILED_PRECONDITION while in use. */
    default DeleteVolumeResponse deleteVolume(DeleteVolumeRequest request) throws CsiException {
        throw CsiException.unimplemented("DeleteVolume");
    }

    /** Needs PUBLISH_UNPUBLISH_VOLUME. Attaches; NOT_FOUND for an unknown volume or node. */
    default ControllerPublishVolumeResponse controllerPublishVolume(ControllerPublishVolumeRequest request)
            throws CsiException {
        throw CsiException.unimplemented("ControllerPublishVolume");
    }

    /** Needs PUBLISH_UNPUBLISH_VOLUME. Detaches; OK when nothing is attached. No node means all nodes. */
    default ControllerUnpublishVolumeResponse controllerUnpublishVolume(ControllerUnpublishVolumeRequest request)
            throws CsiException {
        throw CsiException.unimplemented("ControllerUnpublishVolume");
    }

    /** Unsupported is OK without {@code confirmed}; NOT_FOUND for an unknown volume. */
    default ValidateVolumeCapabilitiesResponse validateVolumeCapabilities(ValidateVolumeCapabilitiesRequest request)
            throws CsiException {
        throw CsiException.unimplemented("ValidateVolumeCapabilities");
    }

    /** Needs LIST_VOLUMES. ABORTED for a bad token. */
    default ListVolumesResponse listVolumes(ListVolumesRequest request) throws CsiException {
        throw CsiException.unimplemented("ListVolumes");
    }

    /** Needs LIST_VOLUME_HEALTH; alpha. Healthy volumes may be left out. */
    default ControllerListVolumeHealthResponse controllerListVolumeHealth(ControllerListVolumeHealthRequest request)
            throws CsiException {
        throw CsiException.unimplemented("ControllerListVolumeHealth");
    }

    /** Needs GET_VOLUME_HEALTH; alpha. */
    default ControllerGetVolumeHealthResponse controllerGetVolumeHealth(ControllerGetVolumeHealthRequest request)
            throws CsiException {
        throw CsiException.unimplemented("ControllerGetVolumeHealth");
    }

    /** Needs GET_CAPACITY. */
    default GetCapacityResponse getCapacity(GetCapacityRequest request) throws CsiException {
        throw CsiException.unimplemented("GetCapacity");
    }

    default ControllerGetCapabilitiesResponse controllerGetCapabilities(ControllerGetCapabilitiesRequest request)
            throws CsiException {
        throw CsiException.unimplemented("ControllerGetCapabilities");
    }

    /** Needs CREATE_DELETE_SNAPSHOT. The same name gives the same snapshot; asked again while not ready. */
    default CreateSnapshotResponse createSnapshot(CreateSnapshotRequest request) throws CsiException {
        throw CsiException.unimplemented("CreateSnapshot");
    }

    /** Needs CREATE_DELETE_SNAPSHOT. OK when there is no such snapshot. */
    default DeleteSnapshotResponse deleteSnapshot(DeleteSnapshotRequest request) throws CsiException {
        throw CsiException.unimplemented("DeleteSnapshot");
    }

    /** Needs LIST_SNAPSHOTS. An unknown id is an empty list; ABORTED for a bad token. */
    default ListSnapshotsResponse listSnapshots(ListSnapshotsRequest request) throws CsiException {
        throw CsiException.unimplemented("ListSnapshots");
    }

    /** Needs GET_SNAPSHOT; alpha. */
    default GetSnapshotResponse getSnapshot(GetSnapshotRequest request) throws CsiException {
        throw CsiException.unimplemented("GetSnapshot");
    }

    /** Needs EXPAND_VOLUME. OK when already large enough; OUT_OF_RANGE when it cannot be. */
    default ControllerExpandVolumeResponse controllerExpandVolume(ControllerExpandVolumeRequest request)
            throws CsiException {
        throw CsiException.unimplemented("ControllerExpandVolume");
    }

    /** Needs GET_VOLUME; alpha. */
    default ControllerGetVolumeResponse controllerGetVolume(ControllerGetVolumeRequest request) throws CsiException {
        throw CsiException.unimplemented("ControllerGetVolume");
    }

    /** Needs MODIFY_VOLUME. INVALID_ARGUMENT means that nothing was applied. */
    default ControllerModifyVolumeResponse controllerModifyVolume(ControllerModifyVolumeRequest request)
            throws CsiException {
        throw CsiException.unimplemented("ControllerModifyVolume");
    }
}
