package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static solo.driver.ImageRequests.MIB;

import csi.v1.CreateVolumeGroupSnapshotRequest;
import csi.v1.VolumeGroupSnapshot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solo.csi.CsiException;
import solo.driver.mount.MountPoint;
import solo.driver.mount.Mounts;

/** Groups of images with the kernel of this machine, as root. */
class RealGroupSnapshotsTest {
    private static final List<String> VOLUMES = List.of("a", "b", "c");

    @TempDir
    private Path directory = Path.of("");

    private TestDriver driver;

    @BeforeEach
    void open() throws Exception {
        Root.needed();
        driver = TestDriver.in(directory, Mounts.ofThisMachine());
    }

    @AfterEach
    void leave_no_mounts() throws IOException {
        for (MountPoint mount : Root.mountsBelow(directory).reversed()) {
            Mounts.ofThisMachine().unmount(Path.of(mount.path()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs"})
    void what_was_written_to_one_volume_before_another_is_so_in_the_group(String fsType) throws Exception {
        var images = new ImageRequests(driver, fsType, 320 * MIB);
        for (String id : VOLUMES) {
            driver.controller().createVolume(images.creation(id).build());
            use(images, id);
        }
        VolumeGroupSnapshot group;
        var rounds = new AtomicLong();
        var enough = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writer = threads.submit(() -> {
                while (!enough.get()) {
                    writeToAll(rounds.get() + 1);
                    rounds.incrementAndGet();
                }
                return rounds.get();
            });
            try {
                await("some rounds").until(() -> rounds.get() > 3);
                group = group();
                long then = rounds.get();
                await("the writer to go on").until(() -> rounds.get() > then + 3);
            } finally {
                enough.set(true);
            }
            writer.get();
        }

        var numbers = group.getSnapshotsList().stream()
                .map(member -> numberIn(images, member.getSnapshotId(), "r-" + member.getSourceVolumeId()))
                .toList();
        long first = numbers.getFirst();
        long last = numbers.getLast();
        System.out.println("group of " + fsType + " volumes: " + numbers + " of " + rounds.get() + " rounds");
        assertThat(last).isGreaterThan(3).isIn(first, first - 1);
        assertThat(numbers.get(1)).isBetween(last, first);
    }

    private void use(ImageRequests images, String id) throws IOException, CsiException {
        Files.createDirectories(driver.kubelet("staging-" + id));
        driver.node().nodeStageVolume(images.staging(id).build());
    }

    /** Safe in one volume before the next is written. */
    private void writeToAll(long number) throws IOException {
        for (String id : VOLUMES) {
            Path file = driver.kubelet("staging-" + id).resolve("file");
            try (var open = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                open.write(ByteBuffer.allocate(Long.BYTES).putLong(0, number));
                open.force(true);
            }
        }
    }

    private VolumeGroupSnapshot group() throws CsiException {
        return driver.driver()
                .groupController()
                .createVolumeGroupSnapshot(CreateVolumeGroupSnapshotRequest.newBuilder()
                        .setName("g")
                        .addAllSourceVolumeIds(VOLUMES)
                        .build())
                .getGroupSnapshot();
    }

    private long numberIn(ImageRequests images, String snapshot, String restored) {
        try {
            driver.controller()
                    .createVolume(images.restoring(restored, snapshot).build());
            use(images, restored);
            return ByteBuffer.wrap(Files.readAllBytes(
                            driver.kubelet("staging-" + restored).resolve("file")))
                    .getLong();
        } catch (IOException | CsiException failure) {
            throw new AssertionError(restored, failure);
        }
    }
}
