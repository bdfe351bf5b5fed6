package solo.driver;

import csi.v1.ControllerPublishVolumeRequest;
import csi.v1.ControllerPublishVolumeResponse;
import csi.v1.ControllerUnpublishVolumeRequest;
import csi.v1.ControllerUnpublishVolumeResponse;
import java.io.IOException;
import java.util.TreeMap;
import solo.csi.CsiException;
import solo.csi.model.VolumeCapability;
import solo.driver.state.Attachment;
import solo.driver.state.Attachment.Access;
import solo.driver.state.Volume;

/** ControllerPublishVolume and its opposite. Local volumes have nothing to attach: this is book-keeping, in earnest. */
final class VolumeAttachments {
    // No volume can have this id.
    private static final String NODE_LOCK = "_attachments";

    private final LocalStorage storage;

    VolumeAttachments(LocalStorage storage) {
        this.storage = storage;
    }

    ControllerPublishVolumeResponse attach(ControllerPublishVolumeRequest request) throws CsiException {
        String id = Requests.required(request.getVolumeId(), "volume_id");
        String node = Requests.required(request.getNodeId(), "node_id");
        if (!request.hasVolumeCapability()) {
            throw Refusals.invalid("volume_capability is missing");
        }
        VolumeCapability capability = Requests.capability(request.getVolumeCapability());
        var wanted = new Attachment(Uses.of(capability), request.getReadonly() ? Access.READ_ONLY : Access.READ_WRITE);
        return storage.alone(id, () -> {
            Volume volume = storage.require(id);
            if (!node.equals(volume.home().nodeId())) {
                throw Refusals.notFound("volume " + id + " is on node "
                        + volume.home().nodeId() + " and cannot be attached to a node " + node);
            }
            var refusal = storage.backend(volume).refusal(volume.spec(), capability);
            if (refusal.isPresent()) {
                throw Refusals.invalid(refusal.get());
            }
            Attachment present = volume.attachments().get(node);
            if (present == null) {
                addWithinLimit(volume, node, wanted);
            } else if (!present.equals(wanted)) {
                throw Refusals.alreadyExists("volume " + id + " is attached to node " + node + " already, as "
                        + present.access() + " " + present.use() + ", not " + wanted.access() + " " + wanted.use());
            }
            return ControllerPublishVolumeResponse.getDefaultInstance();
        });
    }

    /** Unknown volumes and nodes are detached by definition. */
    ControllerUnpublishVolumeResponse detach(ControllerUnpublishVolumeRequest request) throws CsiException {
        String id = Requests.required(request.getVolumeId(), "volume_id");
        return storage.alone(id, () -> {
            var volume = storage.ready(id);
            if (volume.isPresent()) {
                var left = new TreeMap<>(volume.get().attachments());
                left.keySet()
                        .removeIf(node -> request.getNodeId().isEmpty()
                                || request.getNodeId().equals(node));
                if (left.size() < volume.get().attachments().size()) {
                    storage.store().save(volume.get().withAttachments(left));
                }
            }
            return ControllerUnpublishVolumeResponse.getDefaultInstance();
        });
    }

    private void addWithinLimit(Volume volume, String node, Attachment wanted) throws IOException, CsiException {
        var attachments = new TreeMap<>(volume.attachments());
        attachments.put(node, wanted);
        long limit = storage.options().maxVolumesPerNode();
        if (limit == 0) {
            storage.store().save(volume.withAttachments(attachments));
            return;
        }
        // Two calls that each find room for one more must not both take it.
        var held = storage.locks().hold(NODE_LOCK);
        if (held.isEmpty()) {
            throw Refusals.aborted("other volumes are being attached; try again");
        }
        try (var _ = held.get()) {
            long attached = storage.store().all().stream()
                    .filter(other -> other.attachments().containsKey(node))
                    .count();
            if (attached >= limit) {
                throw Refusals.exhausted(
                        "node " + node + " has " + attached + " volumes attached, and " + limit + " are allowed");
            }
            storage.store().save(volume.withAttachments(attachments));
        }
    }
}
