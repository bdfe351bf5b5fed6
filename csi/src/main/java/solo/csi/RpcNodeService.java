package solo.csi;

import csi.v1.NodeExpandVolumeRequest;
import csi.v1.NodeExpandVolumeResponse;
import csi.v1.NodeGetCapabilitiesRequest;
import csi.v1.NodeGetCapabilitiesResponse;
import csi.v1.NodeGetInfoRequest;
import csi.v1.NodeGetInfoResponse;
import csi.v1.NodeGetStorageHealthRequest;
import csi.v1.NodeGetStorageHealthResponse;
import csi.v1.NodeGetVolumeHealthRequest;
import csi.v1.NodeGetVolumeHealthResponse;
import csi.v1.NodeGetVolumeStatsRequest;
import csi.v1.NodeGetVolumeStatsResponse;
import csi.v1.NodePublishVolumeRequest;
import csi.v1.NodePublishVolumeResponse;
import csi.v1.NodeStageVolumeRequest;
import csi.v1.NodeStageVolumeResponse;
import csi.v1.NodeUnpublishVolumeRequest;
import csi.v1.NodeUnpublishVolumeResponse;
import csi.v1.NodeUnstageVolumeRequest;
import csi.v1.NodeUnstageVolumeResponse;

/** NodeService by way of {@link Calls}. */
record RpcNodeService(Calls calls) implements NodeService {
    @Override
    public NodeStageVolumeResponse nodeStageVolume(NodeStageVolumeRequest request) throws CsiException {
        return calls.call(Rpcs.NODE_STAGE_VOLUME, request);
    }

    @Override
    public NodeUnstageVolumeResponse nodeUnstageVolume(NodeUnstageVolumeRequest request) throws CsiException {
        return calls.call(Rpcs.NODE_UNSTAGE_VOLUME, request);
    }

    @Override
    public NodePublishVolumeResponse nodePublishVolume(NodePublishVolumeRequest request) throws CsiException {
        return calls.call(Rpcs.NODE_PUBLISH_VOLUME, request);
    }

    @Override
    public NodeUnpublishVolumeResponse nodeUnpublishVolume(NodeUnpublishVolumeRequest request) throws CsiException {
        return calls.call(Rpcs.NODE_UNPUBLISH_VOLUME, request);
    }

    @Override
    public NodeGetVolumeStatsResponse nodeGetVolumeStats(NodeGetVolumeStatsRequest request) throws CsiException {
        return calls.call(Rpcs.NODE_GET_VOLUME_STATS, request);
    }

    @Override
    public NodeGetVolumeHealthResponse nodeGetVolumeHealth(NodeGetVolumeHealthRequest request) throws CsiException {
        return calls.call(Rpcs.NODE_GET_VOLUME_HEALTH, request);
    }

    @Override
    public NodeGetStorageHealthResponse nodeGetStorageHealth(NodeGetStorageHealthRequest request) throws CsiException {
        return calls.call(Rpcs.NODE_GET_STORAGE_HEALTH, request);
    }

    @Override
    public NodeExpandVolumeResponse nodeExpandVolume(NodeExpandVolumeRequest request) throws CsiException {
        return calls.call(Rpcs.NODE_EXPAND_VOLUME, request);
    }

    @Override
    public NodeGetCapabilitiesResponse nodeGetCapabilities(NodeGetCapabilitiesRequest request) throws CsiException {
        return calls.call(Rpcs.NODE_GET_CAPABILITIES, request);
    }

    @Override
    public NodeGetInfoResponse nodeGetInfo(NodeGetInfoRequest request) throws CsiException {
        return calls.call(Rpcs.NODE_GET_INFO, request);
    }
}
