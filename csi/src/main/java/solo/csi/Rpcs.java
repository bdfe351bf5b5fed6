package solo.csi;

import com.google.protobuf.Message;
import csi.v1.*;
import java.util.List;

/**
 * The table of all calls of CSI 1.13, one constant each. What is not in here does not exist on a socket. Long, but flat:
 * it is read by looking one call up.
 */
public final class Rpcs {

    public static final Rpc<GetPluginInfoRequest, GetPluginInfoResponse> GET_PLUGIN_INFO = identity(
            "GetPluginInfo",
            GetPluginInfoRequest.getDefaultInstance(),
            GetPluginInfoResponse.getDefaultInstance(),
            IdentityService::getPluginInfo);

    public static final Rpc<GetPluginCapabilitiesRequest, GetPluginCapabilitiesResponse> GET_PLUGIN_CAPABILITIES =
            identity(
                    "GetPluginCapabilities",
                    GetPluginCapabilitiesRequest.getDefaultInstance(),
                    GetPluginCapabilitiesResponse.getDefaultInstance(),
                    IdentityService::getPluginCapabilities);

    public static final Rpc<ProbeRequest, ProbeResponse> PROBE = identity(
            "Probe", ProbeRequest.getDefaultInstance(), ProbeResponse.getDefaultInstance(), IdentityService::probe);

    public static final Rpc<CreateVolumeRequest, CreateVolumeResponse> CREATE_VOLUME = controller(
            "CreateVolume",
            CreateVolumeRequest.getDefaultInstance(),
            CreateVolumeResponse.getDefaultInstance(),
            ControllerService::createVolume);

    public static final Rpc<DeleteVolumeRequest, DeleteVolumeResponse> DELETE_VOLUME = controller(
            "DeleteVolume",
            DeleteVolumeRequest.getDefaultInstance(),
            DeleteVolumeResponse.getDefaultInstance(),
            ControllerService::deleteVolume);

    public static final Rpc<ControllerPublishVolumeRequest, ControllerPublishVolumeResponse> CONTROLLER_PUBLISH_VOLUME =
            controller(
                    "ControllerPublishVolume",
                    ControllerPublishVolumeRequest.getDefaultInstance(),
                    ControllerPublishVolumeResponse.getDefaultInstance(),
                    ControllerService::controllerPublishVolume);

    public static final Rpc<ControllerUnpublishVolumeRequest, ControllerUnpublishVolumeResponse>
            CONTROLLER_UNPUBLISH_VOLUME = controller(
                    "ControllerUnpublishVolume",
                    ControllerUnpublishVolumeRequest.getDefaultInstance(),
                    ControllerUnpublishVolumeResponse.getDefaultInstance(),
                    ControllerService::controllerUnpublishVolume);

    public static final Rpc<ValidateVolumeCapabilitiesRequest, ValidateVolumeCapabilitiesResponse>
            VALIDATE_VOLUME_CAPABILITIES = controller(
                    "ValidateVolumeCapabilities",
                    ValidateVolumeCapabilitiesRequest.getDefaultInstance(),
                    ValidateVolumeCapabilitiesResponse.getDefaultInstance(),
                    ControllerService::validateVolumeCapabilities);

    public static final Rpc<ListVolumesRequest, ListVolumesResponse> LIST_VOLUMES = controller(
            "ListVolumes",
            ListVolumesRequest.getDefaultInstance(),
            ListVolumesResponse.getDefaultInstance(),
            ControllerService::listVolumes);

    public static final Rpc<ControllerListVolumeHealthRequest, ControllerListVolumeHealthResponse>
            CONTROLLER_LIST_VOLUME_HEALTH = controller(
                    "ControllerListVolumeHealth",
                    ControllerListVolumeHealthRequest.getDefaultInstance(),
                    ControllerListVolumeHealthResponse.getDefaultInstance(),
                    ControllerService::controllerListVolumeHealth);

    public static final Rpc<ControllerGetVolumeHealthRequest, ControllerGetVolumeHealthResponse>
            CONTROLLER_GET_VOLUME_HEALTH = controller(
                    "ControllerGetVolumeHealth",
                    ControllerGetVolumeHealthRequest.getDefaultInstance(),
                    ControllerGetVolumeHealthResponse.getDefaultInstance(),
                    ControllerService::controllerGetVolumeHealth);

    public static final Rpc<GetCapacityRequest, GetCapacityResponse> GET_CAPACITY = controller(
            "GetCapacity",
            GetCapacityRequest.getDefaultInstance(),
            GetCapacityResponse.getDefaultInstance(),
            ControllerService::getCapacity);

    public static final Rpc<ControllerGetCapabilitiesRequest, ControllerGetCapabilitiesResponse>
            CONTROLLER_GET_CAPABILITIES = controller(
                    "ControllerGetCapabilities",
                    ControllerGetCapabilitiesRequest.getDefaultInstance(),
                    ControllerGetCapabilitiesResponse.getDefaultInstance(),
                    ControllerService::controllerGetCapabilities);

    public static final Rpc<CreateSnapshotRequest, CreateSnapshotResponse> CREATE_SNAPSHOT = controller(
            "CreateSnapshot",
            CreateSnapshotRequest.getDefaultInstance(),
            CreateSnapshotResponse.getDefaultInstance(),
            ControllerService::createSnapshot);

    public static final Rpc<DeleteSnapshotRequest, DeleteSnapshotResponse> DELETE_SNAPSHOT = controller(
            "DeleteSnapshot",
            DeleteSnapshotRequest.getDefaultInstance(),
            DeleteSnapshotResponse.getDefaultInstance(),
            ControllerService::deleteSnapshot);

    public static final Rpc<ListSnapshotsRequest, ListSnapshotsResponse> LIST_SNAPSHOTS = controller(
            "ListSnapshots",
            ListSnapshotsRequest.getDefaultInstance(),
            ListSnapshotsResponse.getDefaultInstance(),
            ControllerService::listSnapshots);

    public static final Rpc<GetSnapshotRequest, GetSnapshotResponse> GET_SNAPSHOT = controller(
            "GetSnapshot",
            GetSnapshotRequest.getDefaultInstance(),
            GetSnapshotResponse.getDefaultInstance(),
            ControllerService::getSnapshot);

    public static final Rpc<ControllerExpandVolumeRequest, ControllerExpandVolumeResponse> CONTROLLER_EXPAND_VOLUME =
            controller(
                    "ControllerExpandVolume",
                    ControllerExpandVolumeRequest.getDefaultInstance(),
                    ControllerExpandVolumeResponse.getDefaultInstance(),
                    ControllerService::controllerExpandVolume);

    public static final Rpc<ControllerGetVolumeRequest, ControllerGetVolumeResponse> CONTROLLER_GET_VOLUME = controller(
            "ControllerGetVolume",
            ControllerGetVolumeRequest.getDefaultInstance(),
            ControllerGetVolumeResponse.getDefaultInstance(),
            ControllerService::controllerGetVolume);

    public static final Rpc<ControllerModifyVolumeRequest, ControllerModifyVolumeResponse> CONTROLLER_MODIFY_VOLUME =
            controller(
                    "ControllerModifyVolume",
                    ControllerModifyVolumeRequest.getDefaultInstance(),
                    ControllerModifyVolumeResponse.getDefaultInstance(),
                    ControllerService::controllerModifyVolume);

    public static final Rpc<GroupControllerGetCapabilitiesRequest, GroupControllerGetCapabilitiesResponse>
            GROUP_CONTROLLER_GET_CAPABILITIES = groupController(
                    "GroupControllerGetCapabilities",
                    GroupControllerGetCapabilitiesRequest.getDefaultInstance(),
                    GroupControllerGetCapabilitiesResponse.getDefaultInstance(),
                    GroupControllerService::groupControllerGetCapabilities);

    public static final Rpc<CreateVolumeGroupSnapshotRequest, CreateVolumeGroupSnapshotResponse>
            CREATE_VOLUME_GROUP_SNAPSHOT = groupController(
                    "CreateVolumeGroupSnapshot",
                    CreateVolumeGroupSnapshotRequest.getDefaultInstance(),
                    CreateVolumeGroupSnapshotResponse.getDefaultInstance(),
                    GroupControllerService::createVolumeGroupSnapshot);

    public static final Rpc<DeleteVolumeGroupSnapshotRequest, DeleteVolumeGroupSnapshotResponse>
            DELETE_VOLUME_GROUP_SNAPSHOT = groupController(
                    "DeleteVolumeGroupSnapshot",
                    DeleteVolumeGroupSnapshotRequest.getDefaultInstance(),
                    DeleteVolumeGroupSnapshotResponse.getDefaultInstance(),
                    GroupControllerService::deleteVolumeGroupSnapshot);

    public static final Rpc<GetVolumeGroupSnapshotRequest, GetVolumeGroupSnapshotResponse> GET_VOLUME_GROUP_SNAPSHOT =
            groupController(
                    "GetVolumeGroupSnapshot",
                    GetVolumeGroupSnapshotRequest.getDefaultInstance(),
                    GetVolumeGroupSnapshotResponse.getDefaultInstance(),
                    GroupControllerService::getVolumeGroupSnapshot);

    public static final Rpc<NodeStageVolumeRequest, NodeStageVolumeResponse> NODE_STAGE_VOLUME = node(
            "NodeStageVolume",
            NodeStageVolumeRequest.getDefaultInstance(),
            NodeStageVolumeResponse.getDefaultInstance(),
            NodeService::nodeStageVolume);

    public static final Rpc<NodeUnstageVolumeRequest, NodeUnstageVolumeResponse> NODE_UNSTAGE_VOLUME = node(
            "NodeUnstageVolume",
            NodeUnstageVolumeRequest.getDefaultInstance(),
            NodeUnstageVolumeResponse.getDefaultInstance(),
            NodeService::nodeUnstageVolume);

    public static final Rpc<NodePublishVolumeRequest, NodePublishVolumeResponse> NODE_PUBLISH_VOLUME = node(
            "NodePublishVolume",
            NodePublishVolumeRequest.getDefaultInstance(),
            NodePublishVolumeResponse.getDefaultInstance(),
            NodeService::nodePublishVolume);

    public static final Rpc<NodeUnpublishVolumeRequest, NodeUnpublishVolumeResponse> NODE_UNPUBLISH_VOLUME = node(
            "NodeUnpublishVolume",
            NodeUnpublishVolumeRequest.getDefaultInstance(),
            NodeUnpublishVolumeResponse.getDefaultInstance(),
            NodeService::nodeUnpublishVolume);

    public static final Rpc<NodeGetVolumeStatsRequest, NodeGetVolumeStatsResponse> NODE_GET_VOLUME_STATS = node(
            "NodeGetVolumeStats",
            NodeGetVolumeStatsRequest.getDefaultInstance(),
            NodeGetVolumeStatsResponse.getDefaultInstance(),
            NodeService::nodeGetVolumeStats);

    public static final Rpc<NodeGetVolumeHealthRequest, NodeGetVolumeHealthResponse> NODE_GET_VOLUME_HEALTH = node(
            "NodeGetVolumeHealth",
            NodeGetVolumeHealthRequest.getDefaultInstance(),
            NodeGetVolumeHealthResponse.getDefaultInstance(),
            NodeService::nodeGetVolumeHealth);

    public static final Rpc<NodeGetStorageHealthRequest, NodeGetStorageHealthResponse> NODE_GET_STORAGE_HEALTH = node(
            "NodeGetStorageHealth",
            NodeGetStorageHealthRequest.getDefaultInstance(),
            NodeGetStorageHealthResponse.getDefaultInstance(),
            NodeService::nodeGetStorageHealth);

    public static final Rpc<NodeExpandVolumeRequest, NodeExpandVolumeResponse> NODE_EXPAND_VOLUME = node(
            "NodeExpandVolume",
            NodeExpandVolumeRequest.getDefaultInstance(),
            NodeExpandVolumeResponse.getDefaultInstance(),
            NodeService::nodeExpandVolume);

    public static final Rpc<NodeGetCapabilitiesRequest, NodeGetCapabilitiesResponse> NODE_GET_CAPABILITIES = node(
            "NodeGetCapabilities",
            NodeGetCapabilitiesRequest.getDefaultInstance(),
            NodeGetCapabilitiesResponse.getDefaultInstance(),
            NodeService::nodeGetCapabilities);

    public static final Rpc<NodeGetInfoRequest, NodeGetInfoResponse> NODE_GET_INFO = node(
            "NodeGetInfo",
            NodeGetInfoRequest.getDefaultInstance(),
            NodeGetInfoResponse.getDefaultInstance(),
            NodeService::nodeGetInfo);

    public static final StreamRpc<GetMetadataAllocatedRequest, GetMetadataAllocatedResponse> GET_METADATA_ALLOCATED =
            new StreamRpc<>(
                    "SnapshotMetadata",
                    "GetMetadataAllocated",
                    GetMetadataAllocatedRequest.getDefaultInstance(),
                    GetMetadataAllocatedResponse.getDefaultInstance(),
                    (driver, request, sink) -> driver.snapshotMetadata().getMetadataAllocated(request, sink));

    public static final StreamRpc<GetMetadataDeltaRequest, GetMetadataDeltaResponse> GET_METADATA_DELTA =
            new StreamRpc<>(
                    "SnapshotMetadata",
                    "GetMetadataDelta",
                    GetMetadataDeltaRequest.getDefaultInstance(),
                    GetMetadataDeltaResponse.getDefaultInstance(),
                    (driver, request, sink) -> driver.snapshotMetadata().getMetadataDelta(request, sink));

    static final List<Rpc<?, ?>> UNARY = List.of(
            GET_PLUGIN_INFO,
            GET_PLUGIN_CAPABILITIES,
            PROBE,
            CREATE_VOLUME,
            DELETE_VOLUME,
            CONTROLLER_PUBLISH_VOLUME,
            CONTROLLER_UNPUBLISH_VOLUME,
            VALIDATE_VOLUME_CAPABILITIES,
            LIST_VOLUMES,
            CONTROLLER_LIST_VOLUME_HEALTH,
            CONTROLLER_GET_VOLUME_HEALTH,
            GET_CAPACITY,
            CONTROLLER_GET_CAPABILITIES,
            CREATE_SNAPSHOT,
            DELETE_SNAPSHOT,
            LIST_SNAPSHOTS,
            GET_SNAPSHOT,
            CONTROLLER_EXPAND_VOLUME,
            CONTROLLER_GET_VOLUME,
            CONTROLLER_MODIFY_VOLUME,
            GROUP_CONTROLLER_GET_CAPABILITIES,
            CREATE_VOLUME_GROUP_SNAPSHOT,
            DELETE_VOLUME_GROUP_SNAPSHOT,
            GET_VOLUME_GROUP_SNAPSHOT,
            NODE_STAGE_VOLUME,
            NODE_UNSTAGE_VOLUME,
            NODE_PUBLISH_VOLUME,
            NODE_UNPUBLISH_VOLUME,
            NODE_GET_VOLUME_STATS,
            NODE_GET_VOLUME_HEALTH,
            NODE_GET_STORAGE_HEALTH,
            NODE_EXPAND_VOLUME,
            NODE_GET_CAPABILITIES,
            NODE_GET_INFO);

    static final List<StreamRpc<?, ?>> STREAMS = List.of(GET_METADATA_ALLOCATED, GET_METADATA_DELTA);

    private Rpcs() {}

    @FunctionalInterface
    private interface Method<S, Q, A> {
        A call(S service, Q request) throws CsiException;
    }

    private static <Q extends Message, A extends Message> Rpc<Q, A> identity(
            String name, Q request, A answer, Method<IdentityService, Q, A> method) {
        return new Rpc<>("Identity", name, request, answer, (driver, q) -> method.call(driver.identity(), q));
    }

    private static <Q extends Message, A extends Message> Rpc<Q, A> controller(
            String name, Q request, A answer, Method<ControllerService, Q, A> method) {
        return new Rpc<>("Controller", name, request, answer, (driver, q) -> method.call(driver.controller(), q));
    }

    private static <Q extends Message, A extends Message> Rpc<Q, A> groupController(
            String name, Q request, A answer, Method<GroupControllerService, Q, A> method) {
        return new Rpc<>(
                "GroupController", name, request, answer, (driver, q) -> method.call(driver.groupController(), q));
    }

    private static <Q extends Message, A extends Message> Rpc<Q, A> node(
            String name, Q request, A answer, Method<NodeService, Q, A> method) {
        return new Rpc<>("Node", name, request, answer, (driver, q) -> method.call(driver.node(), q));
    }
}
