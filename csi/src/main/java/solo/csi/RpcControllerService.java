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

/** ControllerService by way of {@link Calls}. */
record RpcControllerService(Calls calls) implements ControllerService {
    @Override
    public CreateVolumeResponse createVolume(CreateVolumeRequest request) throws CsiException {
        return calls.call(Rpcs.CREATE_VOLUME, request);
    }

    @Override
    public DeleteVolumeResponse deleteVolume(DeleteVolumeRequest request) throws CsiException {
        return calls.call(Rpcs.DELETE_VOLUME, request);
    }

    @Override
    public ControllerPublishVolumeResponse controllerPublishVolume(ControllerPublishVolumeRequest request)
            throws CsiException {
        return calls.call(Rpcs.CONTROLLER_PUBLISH_VOLUME, request);
    }

    @Override
    public ControllerUnpublishVolumeResponse controllerUnpublishVolume(ControllerUnpublishVolumeRequest request)
            throws CsiException {
        return calls.call(Rpcs.CONTROLLER_UNPUBLISH_VOLUME, request);
    }

    @Override
    public ValidateVolumeCapabilitiesResponse validateVolumeCapabilities(ValidateVolumeCapabilitiesRequest request)
            throws CsiException {
        return calls.call(Rpcs.VALIDATE_VOLUME_CAPABILITIES, request);
    }

    @Override
    public ListVolumesResponse listVolumes(ListVolumesRequest request) throws CsiException {
        return calls.call(Rpcs.LIST_VOLUMES, request);
    }

    @Override
    public ControllerListVolumeHealthResponse controllerListVolumeHealth(ControllerListVolumeHealthRequest request)
            throws CsiException {
        return calls.call(Rpcs.CONTROLLER_LIST_VOLUME_HEALTH, request);
    }

    @Override
    public ControllerGetVolumeHealthResponse controllerGetVolumeHealth(ControllerGetVolumeHealthRequest request)
            throws CsiException {
        return calls.call(Rpcs.CONTROLLER_GET_VOLUME_HEALTH, request);
    }

    @Override
    public GetCapacityResponse getCapacity(GetCapacityRequest request) throws CsiException {
        return calls.call(Rpcs.GET_CAPACITY, request);
    }

    @Override
    public ControllerGetCapabilitiesResponse controllerGetCapabilities(ControllerGetCapabilitiesRequest request)
            throws CsiException {
        return calls.call(Rpcs.CONTROLLER_GET_CAPABILITIES, request);
    }

    @Override
    public CreateSnapshotResponse createSnapshot(CreateSnapshotRequest request) throws CsiException {
        return calls.call(Rpcs.CREATE_SNAPSHOT, request);
    }

    @Override
    public DeleteSnapshotResponse deleteSnapshot(DeleteSnapshotRequest request) throws CsiException {
        return calls.call(Rpcs.DELETE_SNAPSHOT, request);
    }

    @Override
    public ListSnapshotsResponse listSnapshots(ListSnapshotsRequest request) throws CsiException {
        return calls.call(Rpcs.LIST_SNAPSHOTS, request);
    }

    @Override
    public GetSnapshotResponse getSnapshot(GetSnapshotRequest request) throws CsiException {
        return calls.call(Rpcs.GET_SNAPSHOT, request);
    }

    @Override
    public ControllerExpandVolumeResponse controllerExpandVolume(ControllerExpandVolumeRequest request)
            throws CsiException {
        return calls.call(Rpcs.CONTROLLER_EXPAND_VOLUME, request);
    }

    @Override
    public ControllerGetVolumeResponse controllerGetVolume(ControllerGetVolumeRequest request) throws CsiException {
        return calls.call(Rpcs.CONTROLLER_GET_VOLUME, request);
    }

    @Override
    public ControllerModifyVolumeResponse controllerModifyVolume(ControllerModifyVolumeRequest request)
            throws CsiException {
        return calls.call(Rpcs.CONTROLLER_MODIFY_VOLUME, request);
    }
}
