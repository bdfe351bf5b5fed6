package solo.attacher.model;

import java.util.Map;
import solo.csi.model.Secrets;
import solo.csi.model.VolumeCapability;

/** What ControllerPublishVolume is asked for. */
public record PublishRequest(
        AttachedVolume volume,
        String nodeId,
        VolumeCapability capability,
        boolean readOnly,
        Map<String, String> volumeContext,
        Secrets secrets) {

    public PublishRequest {
        volumeContext = Map.copyOf(volumeContext);
    }

    public PublishRequest with(Secrets given) {
        return new PublishRequest(volume, nodeId, capability, readOnly, volumeContext, given);
    }
}
