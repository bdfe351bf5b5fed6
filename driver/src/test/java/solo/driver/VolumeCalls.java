package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;

import csi.v1.CapacityRange;
import csi.v1.ControllerExpandVolumeRequest;
import csi.v1.ControllerGetVolumeRequest;
import csi.v1.ControllerModifyVolumeRequest;
import csi.v1.ControllerUnpublishVolumeRequest;
import csi.v1.CreateSnapshotRequest;
import csi.v1.CreateVolumeGroupSnapshotRequest;
import csi.v1.CreateVolumeRequest;
import csi.v1.DeleteSnapshotRequest;
import csi.v1.DeleteVolumeGroupSnapshotRequest;
import csi.v1.GetSnapshotRequest;
import csi.v1.GetVolumeGroupSnapshotRequest;
import csi.v1.NodePublishVolumeRequest;
import csi.v1.VolumeCapability;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import solo.csi.CsiException;
import solo.driver.LocalDriverOptions.Feature;
import solo.driver.VolumeLife.Action;
import solo.driver.VolumeLife.Phase;
import solo.driver.mount.Mounts;
import solo.driver.state.VolumeIds;

/** The calls that lead a volume from one phase of its life to the next. */
record VolumeCalls(TestDriver driver, VolumeLife life) {
    /** A volume that is there all the time: a part of every group. */
    static final String KEPT = "kept";

    private static final long BYTES = 300 * ImageRequests.MIB;

    static TestDriver open(Path directory) throws IOException {
        return TestDriver.with(
                TestDriver.options(directory).with(Set.of(Feature.ATTACH, Feature.TOPOLOGY)), Mounts.ofThisMachine());
    }

    static void makeKept(TestDriver driver) throws CsiException {
        driver.controller()
                .createVolume(new ImageRequests(driver, "ext4", 16 * ImageRequests.MIB)
                        .creation(KEPT)
                        .build());
    }

    void perform(Action action) throws CsiException, IOException {
        String id = life.id();
        var controller = driver.controller();
        switch (action) {
            case MAKE -> controller.createVolume(creation(id).build());
            case ATTACH ->
                controller.controllerPublishVolume(TestDriver.attachment(id)
                        .setVolumeCapability(capability())
                        .build());
            case STAGE ->
                driver.node()
                        .nodeStageVolume(driver.staging(id)
                                .setVolumeCapability(capability())
                                .build());
            case PUBLISH -> publish();
            case ASK -> new VolumeQuestions(driver, life, capability()).controller();
            case ASK_NODE -> {
                check();
                new VolumeQuestions(driver, life, capability()).node();
            }
            case GROW -> grow();
            case MODIFY ->
                controller.controllerModifyVolume(ControllerModifyVolumeRequest.newBuilder()
                        .setVolumeId(id)
                        .putMutableParameters(life.mutableParameter(), life.nextValue())
                        .build());
            case COPY -> copy();
            case CLONE -> cloneIt();
            case TELL_BLOCKS -> new VolumeBlocks(driver, life).tell();
            case GROUP -> group();
            case INLINE -> inline();
            case UNPUBLISH -> driver.unpublish(id, "pod-" + id);
            case UNSTAGE -> driver.unstage(id);
            case DETACH ->
                controller.controllerUnpublishVolume(ControllerUnpublishVolumeRequest.newBuilder()
                        .setVolumeId(id)
                        .setNodeId(TestDriver.NODE)
                        .build());
            case DELETE -> driver.delete(id);
        }
    }

    private void publish() throws CsiException, IOException {
        driver.node()
                .nodePublishVolume(driver.publication(life.id(), "pod-" + life.id())
                        .setVolumeCapability(capability())
                        .build());
        if (life.written()) {
            check();
        } else {
            try (var open = FileChannel.open(file(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                open.write(ByteBuffer.wrap(life.id().getBytes(StandardCharsets.UTF_8)));
                open.force(true);
            }
        }
    }

    private void check() throws IOException {
        check(file());
    }

    private void check(Path file) throws IOException {
        try (var open = Files.newInputStream(file)) {
            assertThat(new String(open.readNBytes(life.id().length()), StandardCharsets.UTF_8))
                    .isEqualTo(life.id());
        }
    }

    private Path file() {
        Path pod = driver.kubelet("pod-" + life.id());
        return life.id().equals(ImageRequests.BLOCK) ? pod : pod.resolve("file");
    }

    private void grow() throws CsiException, IOException {
        String id = life.id();
        long bytes = driver.controller()
                .controllerGetVolume(
                        ControllerGetVolumeRequest.newBuilder().setVolumeId(id).build())
                .getVolume()
                .getCapacityBytes();
        long larger = Math.min(bytes + 16 * ImageRequests.MIB, 4 * BYTES);
        driver.controller()
                .controllerExpandVolume(ControllerExpandVolumeRequest.newBuilder()
                        .setVolumeId(id)
                        .setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(larger))
                        .build());
        if (life.phase() == Phase.PUBLISHED && (!id.equals("ext4") || Root.hasSysResource())) {
            driver.node()
                    .nodeExpandVolume(new ImageRequests(driver, id, larger)
                            .expansion(id, "pod-" + id, larger)
                            .build());
        }
    }

    /** By way of a snapshot. */
    private void copy() throws CsiException {
        String snapshot = "snapshot-of-" + life.id();
        driver.controller()
                .createSnapshot(CreateSnapshotRequest.newBuilder()
                        .setName(snapshot)
                        .setSourceVolumeId(life.id())
                        .build());
        driver.controller()
                .getSnapshot(
                        GetSnapshotRequest.newBuilder().setSnapshotId(snapshot).build());
        restore("copy-of-" + life.id(), snapshot);
        driver.controller()
                .deleteSnapshot(DeleteSnapshotRequest.newBuilder()
                        .setSnapshotId(snapshot)
                        .build());
    }

    private void restore(String copy, String snapshot) throws CsiException {
        var request = creation(copy).clearCapacityRange();
        request.getVolumeContentSourceBuilder().getSnapshotBuilder().setSnapshotId(snapshot);
        driver.controller().createVolume(request.build());
        driver.delete(copy);
    }

    /** Straight from the volume, whatever is going on with it. */
    private void cloneIt() throws CsiException, IOException {
        String clone = "clone-of-" + life.id();
        var request = creation(clone).clearCapacityRange();
        request.getVolumeContentSourceBuilder().getVolumeBuilder().setVolumeId(life.id());
        String made =
                driver.controller().createVolume(request.build()).getVolume().getVolumeId();
        String again =
                driver.controller().createVolume(request.build()).getVolume().getVolumeId();
        assertThat(again).isEqualTo(made);
        checkClone(clone);
        driver.delete(clone);
    }

    /** What is in a filesystem nobody can see who does not mount it. */
    private void checkClone(String clone) throws IOException {
        if (!life.written()) {
            return;
        }
        switch (life.id()) {
            case "dir" -> check(driver.bytes(clone).resolve("file"));
            case ImageRequests.BLOCK -> check(new ImageRequests(driver, ImageRequests.BLOCK, BYTES).file(clone));
            default -> {}
        }
    }

    /** The same by way of a group with the volume that is always there. */
    private void group() throws CsiException {
        String group = "group-of-" + life.id();
        var groups = driver.driver().groupController();
        List<String> volumes = List.of(life.id(), KEPT);
        List<String> members = volumes.stream()
                .map(volume -> VolumeIds.ofMember(group, volume))
                .toList();
        groups.createVolumeGroupSnapshot(CreateVolumeGroupSnapshotRequest.newBuilder()
                .setName(group)
                .addAllSourceVolumeIds(volumes)
                .build());
        var found = groups.getVolumeGroupSnapshot(GetVolumeGroupSnapshotRequest.newBuilder()
                .setGroupSnapshotId(group)
                .addAllSnapshotIds(members)
                .build());
        assertThat(found.getGroupSnapshot().getSnapshotsCount()).isEqualTo(2);
        restore("member-of-" + life.id(), members.getFirst());
        groups.deleteVolumeGroupSnapshot(DeleteVolumeGroupSnapshotRequest.newBuilder()
                .setGroupSnapshotId(group)
                .addAllSnapshotIds(members)
                .build());
    }

    /** A pod of its own, from its beginning to its end. */
    private void inline() throws CsiException {
        String inline = "inline-" + life.id();
        driver.node()
                .nodePublishVolume(NodePublishVolumeRequest.newBuilder()
                        .setVolumeId(inline)
                        .setTargetPath(driver.kubelet("pod-" + inline).toString())
                        .setVolumeCapability(capability())
                        .putVolumeContext("csi.storage.k8s.io/ephemeral", "true")
                        .putVolumeContext("backend", backend())
                        .putVolumeContext("size", "300Mi")
                        .build());
        driver.unpublish(inline, "pod-" + inline);
    }

    private CreateVolumeRequest.Builder creation(String name) {
        return CreateVolumeRequest.newBuilder()
                .setName(name)
                .putParameters("backend", backend())
                .setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(BYTES))
                .addVolumeCapabilities(capability());
    }

    private String backend() {
        return life.isImage() ? "image" : "dir";
    }

    private VolumeCapability capability() {
        return ImageRequests.capability(life.isImage() ? life.id() : "");
    }
}
