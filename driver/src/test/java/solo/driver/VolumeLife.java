package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;

import csi.v1.CapacityRange;
import csi.v1.ControllerExpandVolumeRequest;
import csi.v1.ControllerGetVolumeRequest;
import csi.v1.CreateSnapshotRequest;
import csi.v1.CreateVolumeRequest;
import csi.v1.DeleteSnapshotRequest;
import csi.v1.NodeGetVolumeStatsRequest;
import csi.v1.VolumeCapability;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import solo.csi.CsiException;

/**
 * One volume between the calls that may come next: the same in a process that is killed and in the one that comes after
 * it. Its id is its sort: {@code dir}, a filesystem, or {@code block}.
 */
final class VolumeLife {
    private static final String DIR = "dir";
    private static final long BYTES = 300 * ImageRequests.MIB;

    enum Phase {
        GONE,
        MADE,
        STAGED,
        PUBLISHED
    }

    /** Each is safe to repeat from its beginning. */
    enum Action {
        MAKE,
        STAGE,
        PUBLISH,
        CHECK,
        GROW,
        COPY,
        UNPUBLISH,
        UNSTAGE,
        DELETE
    }

    private final String id;
    private Phase phase;
    /** A pod has written into it and was told that this is safe. */
    private boolean written;

    private VolumeLife(String id, Phase phase, boolean written) {
        this.id = id;
        this.phase = phase;
        this.written = written;
    }

    static VolumeLife notBegun(String id) {
        return new VolumeLife(id, Phase.GONE, false);
    }

    /** The opposite of {@link #toString}. */
    static VolumeLife parse(String text) {
        String[] words = text.split(" ", 3);
        return new VolumeLife(words[0], Phase.valueOf(words[1]), Boolean.parseBoolean(words[2]));
    }

    @Override
    public String toString() {
        return id + " " + phase + " " + written;
    }

    String id() {
        return id;
    }

    Phase phase() {
        return phase;
    }

    boolean isImage() {
        return !id.equals(DIR);
    }

    List<Action> possible() {
        return switch (phase) {
            case GONE -> List.of(Action.MAKE);
            case MADE -> List.of(Action.STAGE, Action.STAGE, Action.COPY, Action.GROW, Action.DELETE);
            case STAGED -> List.of(Action.PUBLISH, Action.PUBLISH, Action.COPY, Action.UNSTAGE);
            case PUBLISHED -> List.of(Action.UNPUBLISH, Action.CHECK, Action.COPY, Action.GROW);
        };
    }

    /** The way to an end of it all. */
    Action towardsTheEnd() {
        return switch (phase) {
            case GONE, MADE -> Action.DELETE;
            case STAGED -> Action.UNSTAGE;
            case PUBLISHED -> Action.UNPUBLISH;
        };
    }

    void done(Action action) {
        phase = switch (action) {
            case MAKE, UNSTAGE -> Phase.MADE;
            case STAGE, UNPUBLISH -> Phase.STAGED;
            case PUBLISH -> Phase.PUBLISHED;
            case DELETE -> Phase.GONE;
            case CHECK, GROW, COPY -> phase;
        };
        written = action == Action.PUBLISH || (written && action != Action.DELETE);
    }

    void perform(Action action, TestDriver driver) throws CsiException, IOException {
        switch (action) {
            case MAKE -> driver.controller().createVolume(creation(id).build());
            case STAGE ->
                driver.node()
                        .nodeStageVolume(driver.staging(id)
                                .setVolumeCapability(capability())
                                .build());
            case PUBLISH -> publish(driver);
            case CHECK -> check(driver);
            case GROW -> grow(driver);
            case COPY -> copy(driver);
            case UNPUBLISH -> driver.unpublish(id, "pod-" + id);
            case UNSTAGE -> driver.unstage(id);
            case DELETE -> driver.delete(id);
        }
    }

    private void publish(TestDriver driver) throws CsiException, IOException {
        driver.node()
                .nodePublishVolume(driver.publication(id, "pod-" + id)
                        .setVolumeCapability(capability())
                        .build());
        if (written) {
            check(driver);
        } else {
            Path file = file(driver);
            try (var open = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                open.write(ByteBuffer.wrap(id.getBytes(StandardCharsets.UTF_8)));
                open.force(true);
            }
        }
    }

    private void check(TestDriver driver) throws CsiException, IOException {
        try (var open = Files.newInputStream(file(driver))) {
            assertThat(new String(open.readNBytes(id.length()), StandardCharsets.UTF_8))
                    .isEqualTo(id);
        }
        driver.node()
                .nodeGetVolumeStats(NodeGetVolumeStatsRequest.newBuilder()
                        .setVolumeId(id)
                        .setVolumePath(driver.kubelet("pod-" + id).toString())
                        .build());
    }

    private Path file(TestDriver driver) {
        Path pod = driver.kubelet("pod-" + id);
        return id.equals(ImageRequests.BLOCK) ? pod : pod.resolve("file");
    }

    private void grow(TestDriver driver) throws CsiException, IOException {
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
        if (phase == Phase.PUBLISHED && (!id.equals("ext4") || Root.hasSysResource())) {
            driver.node()
                    .nodeExpandVolume(new ImageRequests(driver, id, larger)
                            .expansion(id, "pod-" + id, larger)
                            .build());
        }
    }

    /** By way of a snapshot. */
    private void copy(TestDriver driver) throws CsiException {
        String snapshot = "snapshot-of-" + id;
        String copy = "copy-of-" + id;
        driver.controller()
                .createSnapshot(CreateSnapshotRequest.newBuilder()
                        .setName(snapshot)
                        .setSourceVolumeId(id)
                        .build());
        var request = creation(copy).clearCapacityRange();
        request.getVolumeContentSourceBuilder().getSnapshotBuilder().setSnapshotId(snapshot);
        driver.controller().createVolume(request.build());
        driver.delete(copy);
        driver.controller()
                .deleteSnapshot(DeleteSnapshotRequest.newBuilder()
                        .setSnapshotId(snapshot)
                        .build());
    }

    private CreateVolumeRequest.Builder creation(String name) {
        return CreateVolumeRequest.newBuilder()
                .setName(name)
                .putParameters("backend", isImage() ? "image" : DIR)
                .setCapacityRange(CapacityRange.newBuilder().setRequiredBytes(BYTES))
                .addVolumeCapabilities(capability());
    }

    private VolumeCapability capability() {
        return ImageRequests.capability(isImage() ? id : "");
    }
}
