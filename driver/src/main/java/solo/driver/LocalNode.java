package solo.driver;

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
import csi.v1.NodeServiceCapability;
import csi.v1.NodeServiceCapability.RPC;
import csi.v1.NodeStageVolumeRequest;
import csi.v1.NodeStageVolumeResponse;
import csi.v1.NodeUnpublishVolumeRequest;
import csi.v1.NodeUnpublishVolumeResponse;
import csi.v1.NodeUnstageVolumeRequest;
import csi.v1.NodeUnstageVolumeResponse;
import java.util.EnumSet;
import solo.csi.CsiException;
import solo.csi.NodeService;
import solo.driver.LocalDriverOptions.Feature;

/** The node half: each call goes to the file that knows its rules. */
final class LocalNode implements NodeService {
    private final LocalDriverOptions options;
    private final VolumeStaging staging;
    private final VolumePublication publication;
    private final VolumeObservation observation;
    private final NodeHealth health;

    LocalNode(LocalStorage storage, VolumeLifecycle lifecycle) {
        this.options = storage.options();
        this.staging = new VolumeStaging(storage);
        this.publication = new VolumePublication(storage, lifecycle);
        this.observation = new VolumeObservation(storage);
        this.health = new NodeHealth(storage);
    }

    @Override
    public NodeGetCapabilitiesResponse nodeGetCapabilities(NodeGetCapabilitiesRequest request) {
        var types = EnumSet.of(
                RPC.Type.STAGE_UNSTAGE_VOLUME,
                RPC.Type.GET_VOLUME_STATS,
                RPC.Type.EXPAND_VOLUME,
                RPC.Type.SINGLE_NODE_MULTI_WRITER,
                RPC.Type.GET_VOLUME_HEALTH,
                RPC.Type.GET_STORAGE_HEALTH);
        var response = NodeGetCapabilitiesResponse.newBuilder();
        for (RPC.Type type : types) {
            response.addCapabilities(
                    NodeServiceCapability.newBuilder().setRpc(RPC.newBuilder().setType(type)));
        }
        return response.build();
    }

    @Override
    public NodeGetInfoResponse nodeGetInfo(NodeGetInfoRequest request) {
        var response = NodeGetInfoResponse.newBuilder()
                .setNodeId(options.nodeId())
                .setMaxVolumesPerNode(options.maxVolumesPerNode());
        if (options.has(Feature.TOPOLOGY)) {
            response.setAccessibleTopology(NodeTopology.message(options.nodeId()));
        }
        return response.build();
    }

    @Override
    public NodeStageVolumeResponse nodeStageVolume(NodeStageVolumeRequest request) throws CsiException {
        return staging.stage(request);
    }

    @Override
    public NodeUnstageVolumeResponse nodeUnstageVolume(NodeUnstageVolumeRequest request) throws CsiException {
        return staging.unstage(request);
    }

    @Override
    public NodePublishVolumeResponse nodePublishVolume(NodePublishVolumeRequest request) throws CsiException {
        return publication.publish(request);
    }

    @Override
    public NodeUnpublishVolumeResponse nodeUnpublishVolume(NodeUnpublishVolumeRequest request) throws CsiException {
        return publication.unpublish(request);
    }

    @Override
    public NodeGetVolumeStatsResponse nodeGetVolumeStats(NodeGetVolumeStatsRequest request) throws CsiException {
        return observation.stats(request);
    }

    @Override
    public NodeExpandVolumeResponse nodeExpandVolume(NodeExpandVolumeRequest request) throws CsiException {
        return observation.expand(request);
    }

    @Override
    public NodeGetVolumeHealthResponse nodeGetVolumeHealth(NodeGetVolumeHealthRequest request) throws CsiException {
        return health.ofVolume(request);
    }

    @Override
    public NodeGetStorageHealthResponse nodeGetStorageHealth(NodeGetStorageHealthRequest request) {
        return health.ofStorage();
    }
}
