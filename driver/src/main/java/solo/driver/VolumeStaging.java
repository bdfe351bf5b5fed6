package solo.driver;

import csi.v1.NodeStageVolumeRequest;
import csi.v1.NodeStageVolumeResponse;
import csi.v1.NodeUnstageVolumeRequest;
import csi.v1.NodeUnstageVolumeResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
    private static final String DEVICE = "device";

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
            Path place = place(volume, staging);
            if (mounts.at(place, volume, mounts.table()).isEmpty()) {
                if (!NodePath.isDirectory(staging)) {
                    Files.createDirectory(staging);
                }
                if (volume.spec().block() && !Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createFile(place);
                }
                storage.backend(volume).mount(volume, place, MountAttributes.NONE, Uses.filesystemOptions(capability));
            }
            return NodeStageVolumeResponse.getDefaultInstance();
        });
    }

    /** Where a volume is to be seen in its staging directory: a raw block volume is a file there. */
    static Path place(Volume volume, Path staging) {
        return volume.spec().block() ? staging.resolve(DEVICE) : staging;
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
                    unstage(volume.get(), staging.get());
                } else {
                    mounts.removeUnknown(staging.get().resolve(DEVICE), id);
                    mounts.removeUnknown(staging.get(), id);
                }
            }
            return NodeUnstageVolumeResponse.getDefaultInstance();
        });
    }

    private void unstage(Volume volume, Path staging) throws IOException, CsiException {
        Path place = place(volume, staging);
        mounts.remove(place, volume);
        if (volume.spec().block()) {
            Files.deleteIfExists(place);
        }
        storage.backend(volume).release(volume);
    }

    private Optional<Path> path(String text) throws CsiException, IOException {
        return NodePath.real(text, FIELD, storage.options().stateDirectory());
    }

    private void refuseUnsupported(Volume volume, VolumeCapability capability) throws CsiException, IOException {
        var refusal = storage.backend(volume).refusal(volume.spec(), capability);
        if (refusal.isPresent()) {
            throw Refusals.invalid(refusal.get());
        }
        String node = storage.options().nodeId();
        if (storage.options().has(Feature.ATTACH) && !volume.attachments().containsKey(node)) {
            throw Refusals.precondition("volume " + volume.id() + " is not attached to node " + node);
        }
    }
}
