package solo.driver;

import csi.v1.NodeGetStorageHealthResponse;
import csi.v1.NodeGetStorageHealthResponse.StorageBackendHealth;
import csi.v1.NodeGetVolumeHealthRequest;
import csi.v1.NodeGetVolumeHealthResponse;
import csi.v1.StorageHealthErrorType;
import csi.v1.VolumeHealth;
import csi.v1.VolumeHealth.VolumeHealthEntry;
import csi.v1.VolumeHealthErrorType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import solo.csi.CsiException;
import solo.driver.mount.MountPoint;
import solo.driver.mount.MountTable;
import solo.driver.state.Volume;

/** How well volumes, and what they lie on, are as this node sees them. */
final class NodeHealth {
    private final LocalStorage storage;
    private final VolumeMounts mounts;
    private final VolumeMessages messages;

    NodeHealth(LocalStorage storage) {
        this.storage = storage;
        this.mounts = new VolumeMounts(storage);
        this.messages = new VolumeMessages(storage);
    }

    /** What the controller half says too, and whether the volume is where the kubelet has put it, or has tried to. */
    NodeGetVolumeHealthResponse ofVolume(NodeGetVolumeHealthRequest request) throws CsiException {
        String id = Requests.required(request.getVolumeId(), "volume_id");
        return LocalStorage.answering(() -> {
            Volume volume = storage.require(id);
            VolumeHealth.Builder health = messages.health(volume).toBuilder();
            String staging = request.getStagingTargetPath();
            String target = request.getVolumePublishPath();
            if (!staging.isEmpty()) {
                Optional<MountPoint> mount = seenAt(
                        NodePath.existing(staging).map(directory -> VolumeStaging.place(volume, directory)), volume);
                if (mount.isEmpty()) {
                    health.addHealthStatuses(notMounted("NotStaged", id, staging));
                } else if (mount.get().readOnlyByError()) {
                    health.addHealthStatuses(readOnlyByError(id, staging));
                }
            }
            if (!target.isEmpty() && seenAt(NodePath.existing(target), volume).isEmpty()) {
                health.addHealthStatuses(notMounted("NotPublished", id, target));
            }
            return NodeGetVolumeHealthResponse.newBuilder()
                    .setVolumeHealth(health)
                    .build();
        });
    }

    private Optional<MountPoint> seenAt(Optional<Path> path, Volume volume) throws IOException {
        MountTable table = mounts.table();
        var mount = path.flatMap(table::at);
        return mount.isPresent() && mounts.shows(mount.get(), volume, table) ? mount : Optional.empty();
    }

    private static VolumeHealthEntry readOnlyByError(String id, String path) {
        return VolumeHealthEntry.newBuilder()
                .setStatus(VolumeHealthErrorType.DEGRADED)
                .setReason("ReadOnlyByError")
                .setMessage("the kernel has made the filesystem of volume " + id + " at " + path + " read-only after an"
                        + " error, which its log names; delete the pods that use it on this node, so that it is"
                        + " mounted anew")
                .build();
    }

    private static VolumeHealthEntry notMounted(String reason, String id, String path) {
        return VolumeHealthEntry.newBuilder()
                .setStatus(VolumeHealthErrorType.INACCESSIBLE)
                .setReason(reason)
                .setMessage("volume " + id + " is not mounted at " + path)
                .build();
    }

    /** Reachable as long as the filesystems below the backends answer; CSI wants one entry a reason. */
    NodeGetStorageHealthResponse ofStorage() {
        var failures = new ArrayList<String>();
        for (var backend : storage.backends()) {
            try {
                backend.space();
            } catch (IOException failure) {
                failures.add("backend " + backend.name() + ": " + failure.getMessage());
            }
        }
        var response = NodeGetStorageHealthResponse.newBuilder();
        if (!failures.isEmpty()) {
            response.addBackendHealth(StorageBackendHealth.newBuilder()
                    .setStatus(StorageHealthErrorType.STORAGE_UNREACHABLE)
                    .setReason("FilesystemUnreadable")
                    .setMessage(String.join("; ", failures)));
        }
        return response.build();
    }
}
