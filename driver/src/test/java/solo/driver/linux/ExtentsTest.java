package solo.driver.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solo.driver.linux.Extents.Extent;

/** That shared extents are found on filesystems that have them: RealSnapshotBlocksTest. */
class ExtentsTest {
    private static final int SHARED = 0x2000;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void two_files_share_what_lies_in_the_same_place() {
        Extent one = extent(0, 100, 7000, SHARED);
        assertThat(Extents.sharedUntil(40, one, extent(0, 100, 7000, SHARED))).isEqualTo(100);
        assertThat(Extents.sharedUntil(40, one, extent(30, 60, 7030, SHARED))).isEqualTo(60);
        assertThat(Extents.sharedUntil(40, one, extent(0, 100, 7001, SHARED))).isEqualTo(40);
    }

    @Test
    void an_extent_that_is_not_said_to_be_shared_is_not() {
        assertThat(Extents.sharedUntil(0, extent(0, 100, 7000, SHARED), extent(0, 100, 7000, 0)))
                .isZero();
    }

    @ParameterizedTest(name = "flag {0}")
    @ValueSource(ints = {0x2, 0x4, 0x8, 0x80, 0x100, 0x200, 0x400, 0x800})
    void a_place_that_does_not_tell_the_bytes_is_never_shared(int flag) {
        Extent one = extent(0, 100, 7000, SHARED | flag);
        assertThat(Extents.sharedUntil(0, one, one)).isZero();
    }

    @Test
    void two_files_with_the_same_bytes_in_different_places_share_nothing() throws Exception {
        Path one = Files.write(directory.resolve("one"), new byte[100_000]);
        Path other = Files.write(directory.resolve("other"), new byte[100_000]);
        try (var ours = SparseFile.open(one);
                var theirs = SparseFile.open(other)) {
            assertThat(Extents.sharedUntil(0, ours.extents(), theirs.extents())).isZero();
        }
    }

    @Test
    void a_filesystem_that_cannot_tell_shares_nothing() throws Exception {
        Path memory = Path.of("/dev/shm");
        Path file = Files.createTempFile(memory, "extents", "");
        try (var open = SparseFile.open(Files.write(file, new byte[100_000]))) {
            assertThat(Extents.sharedUntil(0, open.extents(), open.extents())).isZero();
        } finally {
            Files.delete(file);
        }
    }

    private static Extent extent(long start, long end, long physical, int flags) {
        return new Extent(new FileRange(start, end), physical, flags);
    }
}
