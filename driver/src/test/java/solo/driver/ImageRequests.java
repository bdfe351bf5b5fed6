package solo.driver;

import csi.v1.CapacityRange;
import csi.v1.CreateVolumeRequest;
import csi.v1.NodeExpandVolumeRequest;
import csi.v1.NodePublishVolumeRequest;
import csi.v1.NodeStageVolumeRequest;
import csi.v1.VolumeCapability;
import csi.v1.VolumeCapability.AccessMode.Mode;
import csi.v1.VolumeCapability.MountVolume;
import java.nio.file.Path;

/**
 * Requests about volumes of the backend image.
 *
 * @param fsType or {@code block}
 * @param bytes of a new volume
 */
record ImageRequests(TestDriver driver, String fsType, long bytes) {
    static final String BLOCK = "block";
    static final long MIB = 1L << 20;

    VolumeCapability capability() {
        return capability(fsType);
    }

    static VolumeCapability capability(String fsType) {
        return fsType.equals(BLOCK)
                ? TestDriver.block()
                : TestDriver.mountWith(MountVolume.newBuilder().setFsType(fsType));
    }

    CreateVolumeRequest.Builder creation(String name) {
        return CreateVolumeRequest.newBuilder()
                .setName(name)
                .putParameters("backend", "image")
                .setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(bytes))
                .addVolumeCapabilities(capability());
    }

    CreateVolumeRequest.Builder restoring(String name, String snapshot) {
        var request = creation(name);
        request.getVolumeContentSourceBuilder().getSnapshotBuilder().setSnapshotId(snapshot);
        return request;
    }

    CreateVolumeRequest.Builder cloning(String name, String volume) {
        var request = creation(name);
        request.getVolumeContentSourceBuilder().getVolumeBuilder().setVolumeId(volume);
        return request;
    }

    NodeStageVolumeRequest.Builder staging(String id) {
        return driver.staging(id).setVolumeCapability(capability());
    }

    NodePublishVolumeRequest.Builder publication(String id, String target) {
        return driver.publication(id, target).setVolumeCapability(capability());
    }

    NodeExpandVolumeRequest.Builder expansion(String id, String target, long to) {
        return NodeExpandVolumeRequest.newBuilder()
                .setVolumeId(id)
                .setVolumePath(driver.kubelet(target).toString())
                .setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(to));
    }

    /** The image. */
    Path file(String id) {
        return driver.directory().resolve("state/image").resolve(id);
    }

    static VolumeCapability mount(Mode mode, String fsType) {
        return TestDriver.mount(mode).toBuilder()
                .setMount(MountVolume.newBuilder().setFsType(fsType))
                .build();
    }
}
