package solo.driver.blocks;

import java.io.IOException;
import java.util.Optional;
import solo.driver.linux.FileRange;

/** The same bytes as other ranges, whose neighbours may touch or overlap, in as few ranges as can be. */
public final class JoinedRanges implements BlockRanges {
    private final BlockRanges pieces;
    private Optional<FileRange> ahead = Optional.empty();

    public JoinedRanges(BlockRanges pieces) {
        this.pieces = pieces;
    }

    @Override
    public Optional<FileRange> next() throws IOException {
        Optional<FileRange> first = ahead.isPresent() ? ahead : pieces.next();
        ahead = Optional.empty();
        if (first.isEmpty()) {
            return first;
        }
        FileRange joined = first.get();
        while (true) {
            ahead = pieces.next();
            if (ahead.isEmpty() || ahead.get().start() > joined.end()) {
                return Optional.of(joined);
            }
            joined = new FileRange(
                    joined.start(), Math.max(joined.end(), ahead.get().end()));
        }
    }
}
