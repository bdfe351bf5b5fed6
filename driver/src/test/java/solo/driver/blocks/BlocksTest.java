package solo.driver.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static solo.driver.blocks.BlockRanges.BLOCK;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solo.driver.linux.FileRange;
import solo.driver.linux.SparseFile;

/** Real sparse files, written at random: {@code -Dsolo.seed} replays one run. */
class BlocksTest {
    private static final int LARGEST = 300;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void allocated_are_the_blocks_that_were_written_and_no_others() throws Exception {
        for (long seed : seeds()) {
            var random = new Random(seed);
            Path path = directory.resolve("file-" + seed);
            long bytes = size(random);
            var written = new TreeSet<Long>();
            sparse(path, bytes);
            try (var file = new RandomAccessFile(path.toFile(), "rw")) {
                for (int i = 0; i < random.nextInt(30); i++) {
                    long at = random.nextLong(bytes);
                    byte[] some = some(random, bytes - at);
                    file.seek(at);
                    file.write(some);
                    for (long block = at / BLOCK; block * BLOCK < at + some.length; block++) {
                        written.add(block);
                    }
                }
            }
            assertThat(blocks(allocated(path, 0))).as("seed %d", seed).isEqualTo(written);
        }
    }

    @Test
    void changed_blocks_are_those_that_differ_and_written_over_the_base_they_make_it_the_target() throws Exception {
        for (long seed : seeds()) {
            var random = new Random(seed);
            Path base = written(random, "base-" + seed);
            Path target = changed(random, base, "target-" + seed);
            List<FileRange> changed = changed(base, target, 0);

            assertThat(blocks(changed)).as("seed %d", seed).isEqualTo(differing(base, target));
            ascendingAndApart(changed);
            try (var patched = new RandomAccessFile(base.toFile(), "rw");
                    var from = new RandomAccessFile(target.toFile(), "r")) {
                patched.setLength(from.length());
                for (FileRange range : changed) {
                    var bytes = new byte[(int) range.bytes()];
                    from.seek(range.start());
                    from.readFully(bytes);
                    patched.seek(range.start());
                    patched.write(bytes);
                }
            }
            assertThat(Files.mismatch(base, target)).as("seed %d", seed).isEqualTo(-1);
        }
    }

    @Test
    void going_on_in_the_middle_gives_the_rest_of_the_same_blocks() throws Exception {
        for (long seed : seeds()) {
            var random = new Random(seed);
            Path base = written(random, "base-" + seed);
            Path target = changed(random, base, "target-" + seed);
            long bytes = Files.size(target);
            for (long from : List.of(random.nextLong(bytes), random.nextLong(bytes) / BLOCK * BLOCK, bytes)) {
                assertThat(blocks(changed(base, target, from)))
                        .as("seed %d, from %d", seed, from)
                        .isEqualTo(rest(changed(base, target, 0), from, bytes));
                assertThat(blocks(allocated(target, from)))
                        .as("seed %d, from %d", seed, from)
                        .isEqualTo(rest(allocated(target, 0), from, bytes));
            }
        }
    }

    @Test
    void nothing_of_a_huge_hole_is_read() throws Exception {
        Path base = sparse(directory.resolve("base"), 1L << 40);
        Path target = sparse(directory.resolve("target"), 1L << 40);
        try (var file = new RandomAccessFile(target.toFile(), "rw")) {
            file.seek((1L << 39) + 7);
            file.write(1);
        }
        try (var before = SparseFile.open(base);
                var after = SparseFile.open(target);
                var changed = new ChangedBlocks(before, after, 0)) {
            assertThat(all(changed)).containsExactly(new FileRange(1L << 39, (1L << 39) + BLOCK));
            assertThat(changed.compared()).isLessThanOrEqualTo(1 << 20);
        }
    }

    @Test
    void a_file_that_is_deleted_meanwhile_is_compared_to_its_end() throws Exception {
        var random = new Random(1);
        Path base = written(random, "base");
        Path target = changed(random, base, "target");
        List<FileRange> undisturbed = changed(base, target, 0);
        try (var before = SparseFile.open(base);
                var after = SparseFile.open(target);
                var changed = new ChangedBlocks(before, after, 0)) {
            Files.delete(base);
            Files.delete(target);
            assertThat(all(new JoinedRanges(changed))).isEqualTo(undisturbed);
        }
    }

    @Test
    void an_interrupted_comparison_ends() throws Exception {
        var random = new Random(1);
        Path base = written(random, "base");
        Path target = changed(random, base, "target");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> changed(base, target, 0)).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static List<Long> seeds() {
        Long only = Long.getLong("solo.seed");
        if (only != null) {
            return List.of(only);
        }
        var seeds = new ArrayList<Long>();
        for (long seed = 1; seed <= 100; seed++) {
            seeds.add(seed);
        }
        return seeds;
    }

    private static long size(Random random) {
        return 1 + random.nextInt(LARGEST) * BLOCK + (random.nextBoolean() ? random.nextLong(BLOCK) : BLOCK - 1);
    }

    private static Path sparse(Path path, long bytes) throws IOException {
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(bytes);
        }
        return path;
    }

    /** No zeros, so that what is written can be told from what is not. */
    private static byte[] some(Random random, long atMost) {
        var bytes = new byte[(int) Math.min(atMost, 1 + random.nextInt(random.nextBoolean() ? 20 : 40_000))];
        Arrays.fill(bytes, (byte) (1 + random.nextInt(3)));
        return bytes;
    }

    private Path written(Random random, String name) throws IOException {
        Path path = sparse(directory.resolve(name), size(random));
        write(random, path);
        return path;
    }

    /** A copy, written to again, and sometimes grown or shrunk, or cut off and grown again, which leaves a hole. */
    private Path changed(Random random, Path base, String name) throws IOException {
        Path path = Files.copy(base, directory.resolve(name));
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            long bytes = random.nextInt(3) == 0 ? size(random) : file.length();
            if (random.nextInt(3) == 0) {
                file.setLength(random.nextLong(file.length()));
            }
            file.setLength(bytes);
        }
        write(random, path);
        return path;
    }

    /** Now and then zeros too, which may be blocks of zeros or holes. */
    private static void write(Random random, Path path) throws IOException {
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            for (int i = 0; i < random.nextInt(20); i++) {
                long at = random.nextLong(file.length());
                byte[] some = some(random, file.length() - at);
                if (random.nextInt(4) == 0) {
                    Arrays.fill(some, (byte) 0);
                }
                file.seek(at);
                file.write(some);
            }
        }
    }

    private static List<FileRange> allocated(Path path, long from) throws IOException {
        try (var file = SparseFile.open(path)) {
            List<FileRange> all = all(new JoinedRanges(new AllocatedBlocks(file, from)));
            ascendingAndApart(all);
            return all;
        }
    }

    private static List<FileRange> changed(Path base, Path target, long from) throws IOException {
        try (var before = SparseFile.open(base);
                var after = SparseFile.open(target);
                var changed = new ChangedBlocks(before, after, from)) {
            return all(new JoinedRanges(changed));
        }
    }

    private static List<FileRange> all(BlockRanges ranges) throws IOException {
        var all = new ArrayList<FileRange>();
        for (Optional<FileRange> range = ranges.next(); range.isPresent(); range = ranges.next()) {
            all.add(range.get());
        }
        return all;
    }

    private static void ascendingAndApart(List<FileRange> ranges) {
        for (int i = 1; i < ranges.size(); i++) {
            assertThat(ranges.get(i).start()).isGreaterThan(ranges.get(i - 1).end());
        }
    }

    private static SortedSet<Long> blocks(List<FileRange> ranges) {
        var blocks = new TreeSet<Long>();
        for (FileRange range : ranges) {
            assertThat(range.start() % BLOCK).isZero();
            assertThat(range.bytes()).isPositive();
            for (long at = range.start(); at < range.end(); at += BLOCK) {
                blocks.add(at / BLOCK);
            }
        }
        return blocks;
    }

    private static SortedSet<Long> rest(List<FileRange> ranges, long from, long bytes) {
        return from == bytes ? new TreeSet<>() : new TreeSet<>(blocks(ranges).tailSet(from / BLOCK));
    }

    private static SortedSet<Long> differing(Path base, Path target) throws IOException {
        byte[] ours = Files.readAllBytes(base);
        byte[] theirs = Files.readAllBytes(target);
        byte[] grown = Arrays.copyOf(ours, theirs.length);
        var differing = new TreeSet<Long>();
        for (int i = 0; i < theirs.length; i++) {
            if (grown[i] != theirs[i]) {
                differing.add(i / BLOCK);
            }
        }
        return differing;
    }
}
