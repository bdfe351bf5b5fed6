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

/** What must be done on the node where a volume is used. Called by the kubelet, never by a controller. */
public interface NodeService {
    /** Needs STAGE_UNSTAGE_VOLUME. Once per volume and node, before the first pod. */
    default NodeStageVolumeResponse nodeStageVolume(NodeStageVolumeRequest request) throws CsiException {
        throw CsiException.unimplemented("NodeStageVolume");
    }

    /** Needs STAGE_UNSTAGE_VOLUME. OK when not staged. */
    default NodeUnstageVolumeResponse nodeUnstageVolume(NodeUnstageVolumeRequest request) throws CsiException {
        throw CsiException.unimplemented("NodeUnstageVolume");
    }

    /** Makes the volume visible at {@code target_path}, whose parent exists; once per pod. */
    default NodePublishVolumeResponse nodePublishVolume(NodePublishVolumeRequest request) throws CsiException {
        throw CsiException.unimplemented("NodePublishVolume");
    }

    /** Takes it away and removes {@code target_path}. */
    default NodeUnpublishVolumeResponse nodeUnpublishVolume(NodeUnpublishVolumeRequest request) throws CsiException {
        throw CsiException.unimplemented("NodeUnpublishVolume");
    }

    /** Needs GET_VOLUME_STATS. NOT_FOUND when the volume is not at that path. */
    default NodeGetVolumeStatsResponse nodeGetVolumeStats(NodeGetVolumeStatsRequest request) throws CsiException {
        throw CsiException.unimplemented("NodeGetVolumeStats");
    }

    /** Needs GET_VOLUME_HEALTH; alpha. */
    default NodeGetVolumeHealthResponse nodeGetVolumeHealth(NodeGetVolumeHealthRequest request) throws CsiException {
        throw CsiException.unimplemented("NodeGetVolumeHealth");
    }

    /** Needs GET_STORAGE_HEALTH; alpha. About the whole backend as seen from this node. */
    default NodeGetStorageHealthResponse nodeGetStorageHealth(NodeGetStorageHealthRequest request) throws CsiException {
        throw CsiException.unimplemented("NodeGetStorageHealth");
    }

    /** Needs EXPAND_VOLUME. Grows what ControllerExpandVolume left to the node. */
    default NodeExpandVolumeResponse nodeExpandVolume(NodeExpandVolumeRequest request) throws CsiException {
        throw CsiException.unimplemented("NodeExpandVolume");
    }

    default NodeGetCapabilitiesResponse nodeGetCapabilities(NodeGetCapabilitiesRequest request) throws CsiException {
        throw CsiException.unimplemented("NodeGetCapabilities");
    }

    /** The node id given here is what ControllerPublishVolume receives. */
    default NodeGetInfoResponse nodeGetInfo(NodeGetInfoRequest request) throws CsiException {
        throw CsiException.unimplemented("NodeGetInfo");
    }
}
