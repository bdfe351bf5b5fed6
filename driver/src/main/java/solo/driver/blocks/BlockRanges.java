package solo.driver.blocks;

import java.io.IOException;
import java.util.Optional;
import solo.driver.linux.FileRange;

/** Ranges of whole blocks, ascending, found one after the other while they are asked for. */
public interface BlockRanges {
    /** In bytes; what users of a block device read and write at least. */
    long BLOCK = 4096;

    /** Empty after the last one. An interrupted thread gets an InterruptedIOException. */
    Optional<FileRange> next() throws IOException;

    /** The whole blocks that a range touches. */
    static FileRange touched(FileRange range) {
        return new FileRange(blockOf(range.start()), Math.ceilDiv(range.end(), BLOCK) * BLOCK);
    }

    /** Where the block of this offset starts. */
    static long blockOf(long offset) {
        return offset - offset % BLOCK;
    }
}
