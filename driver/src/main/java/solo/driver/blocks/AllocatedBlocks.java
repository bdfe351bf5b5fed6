package solo.driver.blocks;

import java.io.IOException;
import java.util.Optional;
import solo.driver.linux.FileRange;
import solo.driver.linux.SparseFile;

/** The blocks of a file that are no holes, from some offset on. All others are zeros. */
public final class AllocatedBlocks implements BlockRanges {
    private final SparseFile file;
    private long position;

    public AllocatedBlocks(SparseFile file, long from) {
        this.file = file;
        this.position = from == file.bytes() ? from : BlockRanges.blockOf(from);
    }

    @Override
    public Optional<FileRange> next() throws IOException {
        Optional<FileRange> data = file.data(position).map(BlockRanges::touched);
        if (data.isEmpty()) {
            return data;
        }
        position = Math.min(data.get().end(), file.bytes());
        return Optional.of(new FileRange(data.get().start(), position));
    }
}
