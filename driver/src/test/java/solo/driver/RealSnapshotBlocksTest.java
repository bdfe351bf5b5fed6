package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static solo.driver.ImageRequests.MIB;

import csi.v1.CreateSnapshotRequest;
import csi.v1.GetMetadataDeltaRequest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import solo.csi.CsiException;
import solo.driver.blocks.BlockRanges;
import solo.driver.blocks.ChangedBlocks;
import solo.driver.linux.SparseFile;
import solo.driver.mount.MountPoint;
import solo.driver.mount.Mounts;

/** Snapshots on filesystems that share blocks and on one that does not, as root. The pool is itself an image. */
class RealSnapshotBlocksTest {
    private static final long BYTES = 48 * MIB;
    private static final int BLOCK = (int) BlockRanges.BLOCK;

    @TempDir
    private Path directory = Path.of("");

    private final Mounts mounts = Mounts.ofThisMachine();

    @BeforeEach
    void root() {
        Root.needed();
    }

    @AfterEach
    void leave_no_mounts() throws IOException {
        for (MountPoint mount : Root.mountsBelow(directory).reversed()) {
            mounts.unmount(Path.of(mount.path()));
        }
    }

    @ParameterizedTest
    @CsvSource({"xfs, 4", "btrfs, 4", "ext4, 48"})
    void the_delta_is_what_differs_and_shared_blocks_are_not_read(String fsType, long atMostReadMib) throws Exception {
        var images = rawVolumeIn(poolOf(fsType));
        var random = new Random(1);
        write(images, random, 0, BYTES);
        snapshot(images, "s0");
        for (int round = 1; round <= 5; round++) {
            for (int i = 0; i < 3; i++) {
                write(images, random, random.nextLong(BYTES - MIB), random.nextLong(1, 100_000));
            }
            snapshot(images, "s" + round);
            String base = "s" + (round - 1);
            String target = "s" + round;

            assertThat(delta(images, base, target))
                    .isEqualTo(differing(snapshotFile(images, base), snapshotFile(images, target)));
            assertThat(bytesRead(snapshotFile(images, base), snapshotFile(images, target)))
                    .isLessThanOrEqualTo(atMostReadMib * MIB);
        }
        assertThat(delta(images, "s0", "s5"))
                .isEqualTo(differing(snapshotFile(images, "s0"), snapshotFile(images, "s5")));
    }

    /** Where a filesystem of this sort is mounted. */
    private Path poolOf(String fsType) throws IOException, CsiException {
        TestDriver outer = TestDriver.in(directory, mounts);
        var images = new ImageRequests(outer, fsType, 500 * MIB);
        outer.controller().createVolume(images.creation("pool").build());
        outer.node().nodeStageVolume(images.staging("pool").build());
        return outer.kubelet("staging-pool");
    }

    private ImageRequests rawVolumeIn(Path pool) throws IOException, CsiException {
        var images = new ImageRequests(TestDriver.in(pool, new FakeMounts()), ImageRequests.BLOCK, BYTES);
        images.driver().controller().createVolume(images.creation("v").build());
        return images;
    }

    private static void write(ImageRequests images, Random random, long offset, long bytes) throws IOException {
        try (var file = new RandomAccessFile(images.file("v").toFile(), "rw")) {
            var some = new byte[(int) bytes];
            random.nextBytes(some);
            file.seek(offset);
            file.write(some);
        }
    }

    private static void snapshot(ImageRequests images, String name) throws CsiException {
        images.driver()
                .controller()
                .createSnapshot(CreateSnapshotRequest.newBuilder()
                        .setName(name)
                        .setSourceVolumeId("v")
                        .build());
    }

    private static Path snapshotFile(ImageRequests images, String id) {
        return images.driver().directory().resolve("state/image-snapshots").resolve(id);
    }

    private static SortedSet<Long> delta(ImageRequests images, String base, String target) throws CsiException {
        var blocks = new TreeSet<Long>();
        images.driver()
                .driver()
                .snapshotMetadata()
                .getMetadataDelta(
                        GetMetadataDeltaRequest.newBuilder()
                                .setBaseSnapshotId(base)
                                .setTargetSnapshotId(target)
                                .build(),
                        page -> page.getBlockMetadataList().forEach(range -> {
                            for (long at = 0; at < range.getSizeBytes(); at += BLOCK) {
                                blocks.add((range.getByteOffset() + at) / BLOCK);
                            }
                        }));
        return blocks;
    }

    private static long bytesRead(Path base, Path target) throws IOException {
        try (var before = SparseFile.open(base);
                var after = SparseFile.open(target);
                var changed = new ChangedBlocks(before, after, 0)) {
            while (changed.next().isPresent()) {
                // Only what is read counts here.
            }
            return changed.compared();
        }
    }

    private static SortedSet<Long> differing(Path base, Path target) throws IOException {
        byte[] ours = Files.readAllBytes(base);
        byte[] theirs = Files.readAllBytes(target);
        var differing = new TreeSet<Long>();
        for (int at = 0; at < theirs.length; at += BLOCK) {
            int end = Math.min(at + BLOCK, theirs.length);
            if (!Arrays.equals(ours, at, end, theirs, at, end)) {
                differing.add((long) at / BLOCK);
            }
        }
        return differing;
    }
}
