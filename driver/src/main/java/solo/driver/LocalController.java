package solo.driver;

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
import csi.v1.ControllerServiceCapability;
import csi.v1.ControllerServiceCapability.RPC;
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
import java.util.EnumSet;
import solo.csi.ControllerService;
import solo.csi.CsiException;
import solo.driver.LocalDriverOptions.Feature;

/** The controller half: each call goes to the file that knows its rules. */
final class LocalController implements ControllerService {
    private final LocalDriverOptions options;
    private final VolumeCreation creation;
    private final VolumeChanges changes;
    private final VolumeQueries queries;
    private final VolumeAttachments attachments;
    private final Snapshots snapshots;

    LocalController(LocalStorage storage, VolumeLifecycle lifecycle, Snapshots snapshots) {
        this.snapshots = snapshots;
        this.options = storage.options();
        this.creation = new VolumeCreation(storage, lifecycle);
        this.changes = new VolumeChanges(storage, lifecycle);
        this.queries = new VolumeQueries(storage);
        this.attachments = new VolumeAttachments(storage);
    }

    @Override
    public ControllerGetCapabilitiesResponse controllerGetCapabilities(ControllerGetCapabilitiesRequest request) {
        var types = EnumSet.of(
                RPC.Type.CREATE_DELETE_VOLUME,
                RPC.Type.LIST_VOLUMES,
                RPC.Type.GET_VOLUME,
                RPC.Type.GET_VOLUME_HEALTH,
                RPC.Type.LIST_VOLUME_HEALTH,
                RPC.Type.GET_CAPACITY,
                RPC.Type.EXPAND_VOLUME,
                RPC.Type.MODIFY_VOLUME,
                RPC.Type.CREATE_DELETE_SNAPSHOT,
                RPC.Type.LIST_SNAPSHOTS,
                RPC.Type.GET_SNAPSHOT,
                RPC.Type.CLONE_VOLUME,
                RPC.Type.SINGLE_NODE_MULTI_WRITER);
        if (options.has(Feature.ATTACH)) {
            types.add(RPC.Type.PUBLISH_UNPUBLISH_VOLUME);
            types.add(RPC.Type.PUBLISH_READONLY);
            types.add(RPC.Type.LIST_VOLUMES_PUBLISHED_NODES);
        }
        var response = ControllerGetCapabilitiesResponse.newBuilder();
        for (RPC.Type type : types) {
            response.addCapabilities(ControllerServiceCapability.newBuilder()
                    .setRpc(RPC.newBuilder().setType(type)));
        }
        return response.build();
    }

    @Override
    public CreateVolumeResponse createVolume(CreateVolumeRequest request) throws CsiException {
        return creation.create(request);
    }

    @Override
    public DeleteVolumeResponse deleteVolume(DeleteVolumeRequest request) throws CsiException {
        return changes.delete(request);
    }

    @Override
    public ControllerExpandVolumeResponse controllerExpandVolume(ControllerExpandVolumeRequest request)
            throws CsiException {
        return changes.expand(request);
    }

    @Override
    public ControllerModifyVolumeResponse controllerModifyVolume(ControllerModifyVolumeRequest request)
            throws CsiException {
        return changes.modify(request);
    }

    @Override
    public ControllerPublishVolumeResponse controllerPublishVolume(ControllerPublishVolumeRequest request)
            throws CsiException {
        return options.has(Feature.ATTACH)
                ? attachments.attach(request)
                : ControllerService.super.controllerPublishVolume(request);
    }

    @Override
    public ControllerUnpublishVolumeResponse controllerUnpublishVolume(ControllerUnpublishVolumeRequest request)
            throws CsiException {
        return options.has(Feature.ATTACH)
                ? attachments.detach(request)
                : ControllerService.super.controllerUnpublishVolume(request);
    }

    @Override
    public CreateSnapshotResponse createSnapshot(CreateSnapshotRequest request) throws CsiException {
        return snapshots.create(request);
    }

    @Override
    public DeleteSnapshotResponse deleteSnapshot(DeleteSnapshotRequest request) throws CsiException {
        return snapshots.delete(request);
    }

    @Override
    public ListSnapshotsResponse listSnapshots(ListSnapshotsRequest request) throws CsiException {
        return snapshots.list(request);
    }

    @Override
    public GetSnapshotResponse getSnapshot(GetSnapshotRequest request) throws CsiException {
        return snapshots.get(request);
    }

    @Override
    public ValidateVolumeCapabilitiesResponse validateVolumeCapabilities(ValidateVolumeCapabilitiesRequest request)
            throws CsiException {
        return queries.validate(request);
    }

    @Override
    public ListVolumesResponse listVolumes(ListVolumesRequest request) throws CsiException {
        return queries.list(request);
    }

    @Override
    public ControllerGetVolumeResponse controllerGetVolume(ControllerGetVolumeRequest request) throws CsiException {
        return queries.get(request);
    }

    @Override
    public ControllerGetVolumeHealthResponse controllerGetVolumeHealth(ControllerGetVolumeHealthRequest request)
            throws CsiException {
        return queries.health(request);
    }

    @Override
    public ControllerListVolumeHealthResponse controllerListVolumeHealth(ControllerListVolumeHealthRequest request)
            throws CsiException {
        return queries.listHealth(request);
    }

    @Override
    public GetCapacityResponse getCapacity(GetCapacityRequest request) throws CsiException {
        return queries.capacity(request);
    }
}
