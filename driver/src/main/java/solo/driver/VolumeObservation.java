package solo.driver;

import csi.v1.NodeExpandVolumeRequest;
import csi.v1.NodeExpandVolumeResponse;
import csi.v1.NodeGetVolumeStatsRequest;
import csi.v1.NodeGetVolumeStatsResponse;
import csi.v1.VolumeUsage;
import java.io.IOException;
import java.nio.file.Path;
import solo.csi.CsiException;
import solo.driver.linux.FileSystemUsage;
import solo.driver.mount.MountTable;
import solo.driver.state.Volume;

/** The calls of the node half about what is mounted: how full, how large. */
final class VolumeObservation {
    private final LocalStorage storage;
    private final VolumeMounts mounts;

    VolumeObservation(LocalStorage storage) {
        this.storage = storage;
        this.mounts = new VolumeMounts(storage);
    }

    /**
     * For a directory: what limits the pod, which is its project's quota where it has one, by the kernel's own answer, else
     * its filesystem. For a raw block volume: its size, since only the pod knows what it uses.
     */
    NodeGetVolumeStatsResponse stats(NodeGetVolumeStatsRequest request) throws CsiException {
        String id = Requests.required(request.getVolumeId(), "volume_id");
        String path = Requests.required(request.getVolumePath(), "volume_path");
        return LocalStorage.answering(() -> {
            Volume volume = storage.require(id);
            Path seen = seenAt(volume, path);
            if (volume.spec().block()) {
                return NodeGetVolumeStatsResponse.newBuilder()
                        .addUsage(VolumeUsage.newBuilder()
                                .setUnit(VolumeUsage.Unit.BYTES)
                                .setTotal(volume.home().capacityBytes()))
                        .build();
            }
            FileSystemUsage usage = storage.mounts().usage(seen);
            return NodeGetVolumeStatsResponse.newBuilder()
                    .addUsage(VolumeUsage.newBuilder()
                            .setUnit(VolumeUsage.Unit.BYTES)
                            .setTotal(usage.totalBytes())
                            .setUsed(usage.totalBytes() - usage.freeBytes())
                            .setAvailable(usage.availableBytes()))
                    .addUsage(VolumeUsage.newBuilder()
                            .setUnit(VolumeUsage.Unit.INODES)
                            .setTotal(usage.totalInodes())
                            .setUsed(usage.totalInodes() - usage.freeInodes())
                            .setAvailable(usage.freeInodes()))
                    .build();
        });
    }

    /** ControllerExpandVolume has decided the size; this shows it to those who use the volume. */
    NodeExpandVolumeResponse expand(NodeExpandVolumeRequest request) throws CsiException {
        String id = Requests.required(request.getVolumeId(), "volume_id");
        String path = Requests.required(request.getVolumePath(), "volume_path");
        SizeRange size = SizeRange.of(request.getCapacityRange());
        if (request.hasCapacityRange() && size.required() == 0 && size.limit() == 0) {
            throw Refusals.invalid("capacity_range names no size");
        }
        return storage.alone(id, () -> {
            Volume volume = storage.require(id);
            seenAt(volume, path);
            long bytes = volume.home().capacityBytes();
            if (size.required() > bytes) {
                throw Refusals.outOfRange("volume " + id + " has " + bytes + " bytes, not " + size.required()
                        + "; ControllerExpandVolume comes first");
            }
            if (size.limit() > 0 && size.limit() < bytes) {
                throw Refusals.outOfRange("volume " + id + " has " + bytes + " bytes, more than the limit of "
                        + size.limit() + ", and volumes do not shrink");
            }
            storage.backend(volume).expandOnNode(volume);
            return NodeExpandVolumeResponse.newBuilder().setCapacityBytes(bytes).build();
        });
    }

    /** CSI: NOT_FOUND when the volume is not at that path. */
    private Path seenAt(Volume volume, String text) throws IOException, CsiException {
        MountTable table = mounts.table();
        var path = NodePath.existing(text);
        if (path.isPresent()) {
            var mount = table.at(path.get());
            if (mount.isPresent() && mounts.shows(mount.get(), volume, table)) {
                return path.get();
            }
        }
        throw Refusals.notFound("volume " + volume.id() + " is not mounted at " + text);
    }
}
