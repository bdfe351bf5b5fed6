package solo.driver;

import csi.v1.NodeStageVolumeRequest;
import csi.v1.NodeStageVolumeResponse;
import csi.v1.NodeUnstageVolumeRequest;
import csi.v1.NodeUnstageVolumeResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import solo.csi.CsiException;
import solo.csi.model.VolumeCapability;
import solo.driver.LocalDriverOptions.Feature;
import solo.driver.linux.MountAttributes;
import solo.driver.state.Volume;

/** NodeStageVolume and its opposite: the volume becomes visible once on the node, for publications to start from. */
final class VolumeStaging {
    private static final String FIELD = "staging_target_path";

    private final LocalStorage storage;
    private final VolumeMounts mounts;

    VolumeStaging(LocalStorage storage) {
        this.storage = storage;
        this.mounts = new VolumeMounts(storage);
    }

    NodeStageVolumeResponse stage(NodeStageVolumeRequest request) throws CsiException {
        String id = Requests.required(request.getVolumeId(), "volume_id");
        Requests.required(request.getStagingTargetPath(), FIELD);
        if (!request.hasVolumeCapability()) {
            throw Refusals.invalid("volume_capability is missing");
        }
        VolumeCapability capability = Requests.capability(request.getVolumeCapability());
        return storage.alone(id, () -> {
            Path staging = path(request.getStagingTargetPath())
                    .orElseThrow(() -> Refusals.precondition(
                            "the directory of " + FIELD + " " + request.getStagingTargetPath() + " does not exist"));
            Volume volume = storage.require(id);
            refuseUnsupported(volume, capability);
            if (mounts.at(staging, volume, mounts.table()).isEmpty()) {
                if (!NodePath.isDirectory(staging)) {
                    Files.createDirectory(staging);
                }
                storage.backend(volume).mount(volume, staging, MountAttributes.NONE);
            }
            return NodeStageVolumeResponse.getDefaultInstance();
        });
    }

    /** The directory stays: whoever called made it. */
    NodeUnstageVolumeResponse unstage(NodeUnstageVolumeRequest request) throws CsiException {
        String id = Requests.required(request.getVolumeId(), "volume_id");
        Requests.required(request.getStagingTargetPath(), FIELD);
        return storage.alone(id, () -> {
            Optional<Path> staging = path(request.getStagingTargetPath());
            if (staging.isPresent()) {
                Optional<Volume> volume = storage.store().find(id);
                if (volume.isPresent()) {
                    mounts.remove(staging.get(), volume.get());
                } else {
                    mounts.removeUnknown(staging.get(), id);
                }
            }
            return NodeUnstageVolumeResponse.getDefaultInstance();
        });
    }

    private Optional<Path> path(String text) throws CsiException, IOException {
        return NodePath.real(text, FIELD, storage.options().stateDirectory());
    }

    private void refuseUnsupported(Volume volume, VolumeCapability capability) throws CsiException, IOException {
        var refusal = storage.backend(volume).refusal(capability);
        if (refusal.isPresent()) {
            throw Refusals.invalid(refusal.get());
        }
        String node = storage.options().nodeId();
        if (storage.options().has(Feature.ATTACH) && !volume.attachments().containsKey(node)) {
            throw Refusals.precondition("volume " + volume.id() + " is not attached to node " + node);
        }
    }
}
