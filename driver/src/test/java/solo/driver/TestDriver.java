package solo.driver;

import csi.v1.CapacityRange;
import csi.v1.ControllerPublishVolumeRequest;
import csi.v1.CreateVolumeRequest;
import csi.v1.DeleteVolumeRequest;
import csi.v1.ListVolumesRequest;
import csi.v1.NodePublishVolumeRequest;
import csi.v1.NodeStageVolumeRequest;
import csi.v1.NodeUnpublishVolumeRequest;
import csi.v1.NodeUnstageVolumeRequest;
import csi.v1.Volume;
import csi.v1.VolumeCapability;
import csi.v1.VolumeCapability.AccessMode;
import csi.v1.VolumeCapability.AccessMode.Mode;
import csi.v1.VolumeCapability.MountVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import solo.csi.ControllerService;
import solo.csi.CsiException;
import solo.csi.NodeService;
import solo.driver.mount.Mounts;
import solo.driver.state.RealDisk;

/** A driver in a directory of its own, and the requests that a test starts from. */
record TestDriver(LocalDriver driver, Path directory) {
    static final String NODE = "node-a";
    static final long GIB = 1L << 30;

    /** The state is in {@code state}, the kubelet's directory is {@code kubelet}. */
    static TestDriver in(Path directory, Mounts mounts) throws IOException {
        return with(options(directory), mounts);
    }

    static TestDriver with(LocalDriverOptions options, Mounts mounts) throws IOException {
        Path directory = options.stateDirectory().resolveSibling("").normalize();
        Files.createDirectories(directory.resolve("kubelet"));
        return new TestDriver(LocalDriver.open(options, new RealDisk(), mounts), directory.toRealPath());
    }

    static LocalDriverOptions options(Path directory) {
        return LocalDriverOptions.of(NODE, directory.resolve("state"));
    }

    /** CSI allows them all. */
    static List<String> unusualNames() {
        return List.of(
                "a".repeat(128),
                "ä".repeat(64),
                "卷".repeat(42) + "ab",
                "Großes Abbild",
                "../a/b",
                "-x",
                "UPPER",
                "a\nb");
    }

    ControllerService controller() {
        return driver.controller();
    }

    NodeService node() {
        return driver.node();
    }

    Path kubelet(String name) {
        return directory.resolve("kubelet").resolve(name);
    }

    /** Where the backend dir keeps the bytes. */
    Path bytes(String id) {
        return directory.resolve("state").resolve("dir").resolve(id);
    }

    Volume create(String name) throws CsiException {
        return controller().createVolume(creation(name).build()).getVolume();
    }

    void delete(String id) throws CsiException {
        controller()
                .deleteVolume(DeleteVolumeRequest.newBuilder().setVolumeId(id).build());
    }

    List<String> listed() throws CsiException {
        return controller().listVolumes(ListVolumesRequest.getDefaultInstance()).getEntriesList().stream()
                .map(entry -> entry.getVolume().getVolumeId())
                .toList();
    }

    void stage(String id) throws CsiException {
        node().nodeStageVolume(staging(id).build());
    }

    void unstage(String id) throws CsiException {
        node().nodeUnstageVolume(NodeUnstageVolumeRequest.newBuilder()
                .setVolumeId(id)
                .setStagingTargetPath(kubelet("staging-" + id).toString())
                .build());
    }

    void publish(String id, String target) throws CsiException {
        node().nodePublishVolume(publication(id, target).build());
    }

    void unpublish(String id, String target) throws CsiException {
        node().nodeUnpublishVolume(NodeUnpublishVolumeRequest.newBuilder()
                .setVolumeId(id)
                .setTargetPath(kubelet(target).toString())
                .build());
    }

    /** One GiB, mounted, for a single node. */
    static CreateVolumeRequest.Builder creation(String name) {
        return CreateVolumeRequest.newBuilder()
                .setName(name)
                .setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(GIB))
                .addVolumeCapabilities(mount(Mode.SINGLE_NODE_WRITER));
    }

    /** The same, filled from a snapshot. */
    static CreateVolumeRequest.Builder restoring(String name, String snapshot) {
        var request = creation(name);
        request.getVolumeContentSourceBuilder().getSnapshotBuilder().setSnapshotId(snapshot);
        return request;
    }

    /** The same, filled from a volume. */
    static CreateVolumeRequest.Builder cloning(String name, String volume) {
        var request = creation(name);
        request.getVolumeContentSourceBuilder().getVolumeBuilder().setVolumeId(volume);
        return request;
    }

    static ControllerPublishVolumeRequest.Builder attachment(String id) {
        return ControllerPublishVolumeRequest.newBuilder()
                .setVolumeId(id)
                .setNodeId(NODE)
                .setVolumeCapability(mount(Mode.SINGLE_NODE_WRITER));
    }

    NodeStageVolumeRequest.Builder staging(String id) {
        return NodeStageVolumeRequest.newBuilder()
                .setVolumeId(id)
                .setStagingTargetPath(kubelet("staging-" + id).toString())
                .setVolumeCapability(mount(Mode.SINGLE_NODE_WRITER));
    }

    NodePublishVolumeRequest.Builder publication(String id, String target) {
        return NodePublishVolumeRequest.newBuilder()
                .setVolumeId(id)
                .setStagingTargetPath(kubelet("staging-" + id).toString())
                .setTargetPath(kubelet(target).toString())
                .setVolumeCapability(mount(Mode.SINGLE_NODE_WRITER));
    }

    static VolumeCapability mount(Mode mode) {
        return VolumeCapability.newBuilder()
                .setMount(MountVolume.getDefaultInstance())
                .setAccessMode(AccessMode.newBuilder().setMode(mode))
                .build();
    }

    static VolumeCapability mountWith(MountVolume.Builder mount) {
        return mount(Mode.SINGLE_NODE_WRITER).toBuilder().setMount(mount).build();
    }

    static VolumeCapability block() {
        return VolumeCapability.newBuilder()
                .setBlock(VolumeCapability.BlockVolume.getDefaultInstance())
                .setAccessMode(AccessMode.newBuilder().setMode(Mode.SINGLE_NODE_WRITER))
                .build();
    }
}
