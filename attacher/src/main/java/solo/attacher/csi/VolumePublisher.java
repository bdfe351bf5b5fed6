package solo.attacher.csi;

import csi.v1.ControllerPublishVolumeRequest;
import csi.v1.ControllerUnpublishVolumeRequest;
import csi.v1.ListVolumesRequest;
import csi.v1.ListVolumesResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import solo.attacher.model.Listing;
import solo.attacher.model.PublishRequest;
import solo.attacher.model.UnpublishRequest;
import solo.csi.CsiException;
import solo.csi.Driver;
import solo.csi.VolumeMessages;

/** The driver as the attacher uses it: publish, unpublish, and where everything is published. */
public final class VolumePublisher {
    private final Driver driver;
    private final int maxEntries;

    /** {@code maxEntries}: volumes per page of ListVolumes, 0 for no limit. */
    public VolumePublisher(Driver driver, int maxEntries) {
        this.driver = driver;
        this.maxEntries = maxEntries;
    }

    /** Returns the publish context, which Kubernetes hands to the node as attachmentMetadata. */
    public Map<String, String> publish(PublishRequest request) throws CsiException {
        return driver.controller()
                .controllerPublishVolume(ControllerPublishVolumeRequest.newBuilder()
                        .setVolumeId(request.volume().handle())
                        .setNodeId(request.nodeId())
                        .setVolumeCapability(VolumeMessages.toMessage(request.capability()))
                        .setReadonly(request.readOnly())
                        .putAllVolumeContext(request.volumeContext())
                        .putAllSecrets(request.secrets().values())
                        .build())
                .getPublishContextMap();
    }

    public void unpublish(UnpublishRequest request) throws CsiException {
        driver.controller()
                .controllerUnpublishVolume(ControllerUnpublishVolumeRequest.newBuilder()
                        .setVolumeId(request.volumeHandle())
                        .setNodeId(request.nodeId())
                        .putAllSecrets(request.secrets().values())
                        .build());
    }

    /** All pages of ListVolumes; a token that the driver no longer knows starts it again, once. */
    public Listing list() throws CsiException {
        try {
            return pages();
        } catch (CsiException e) {
            if (e.error().staleToken()) {
                return pages();
            }
            throw e;
        }
    }

    private Listing pages() throws CsiException {
        Map<String, @Nullable Set<String>> nodes = new HashMap<>();
        String token = "";
        do {
            ListVolumesResponse page = driver.controller()
                    .listVolumes(ListVolumesRequest.newBuilder()
                            .setMaxEntries(maxEntries)
                            .setStartingToken(token)
                            .build());
            for (ListVolumesResponse.Entry entry : page.getEntriesList()) {
                if (entry.hasVolume()) {
                    nodes.put(
                            entry.getVolume().getVolumeId(),
                            entry.hasStatus() ? Set.copyOf(entry.getStatus().getPublishedNodeIdsList()) : null);
                }
            }
            token = page.getNextToken();
        } while (!token.isEmpty());
        return new Listing(nodes);
    }
}
