package solo.driver.blocks;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import solo.driver.linux.Extents;
import solo.driver.linux.FileRange;
import solo.driver.linux.SparseFile;

/**
 * The blocks in which a target differs from a base, from some offset on: written over the base, they make it the target.
 * A base that is shorter goes on with zeros. What is a hole in both, or lies in the same place on the disk, is not read.
 */
public final class ChangedBlocks implements BlockRanges, AutoCloseable {
    private static final int AT_ONCE = 1 << 20;

    private final Arena arena = Arena.ofConfined();
    private final Side base;
    private final Side target;
    private final long end;
    private final Queue<FileRange> found = new ArrayDeque<>();
    private long position;
    private long compared;

    /** Both of one filesystem; they stay open until the caller closes them. */
    public ChangedBlocks(SparseFile base, SparseFile target, long from) {
        this.base = new Side(base, arena);
        this.target = new Side(target, arena);
        this.end = target.bytes();
        this.position = from == end ? end : BlockRanges.blockOf(from);
    }

    /** How many bytes had to be read and compared so far. */
    public long compared() {
        return compared;
    }

    /** At most one piece of a file long; neighbours may touch. */
    @Override
    public Optional<FileRange> next() throws IOException {
        while (found.isEmpty()) {
            position = Math.max(position, Math.min(base.dataFrom(position), target.dataFrom(position)));
            if (position >= end) {
                return Optional.empty();
            }
            look();
        }
        return Optional.of(found.remove());
    }

    @Override
    public void close() {
        arena.close();
    }

    /** From the position, where at least one of them has data, up to where that changes. */
    private void look() throws IOException {
        boolean both = base.hasDataAt(position) && target.hasDataAt(position);
        if (both) {
            long same = Extents.sharedUntil(position, base.extents, target.extents);
            long whole = same >= end ? end : BlockRanges.blockOf(same);
            if (whole > position) {
                position = whole;
                return;
            }
        }
        long until = Math.min(
                Math.min(position + AT_ONCE, end), Math.min(base.changeAfter(position), target.changeAfter(position)));
        compare(until);
        position = until;
        pause();
    }

    private void compare(long until) throws IOException {
        long length = until - position;
        MemorySegment ours = base.read(position, length);
        MemorySegment theirs = target.read(position, length);
        compared += length;
        for (long at = 0; at < length; at += BLOCK) {
            long after = Math.min(at + BLOCK, length);
            if (MemorySegment.mismatch(ours, at, after, theirs, at, after) >= 0) {
                found.add(new FileRange(position + at, position + after));
            }
        }
    }

    // A native call holds the carrier of a virtual thread; without this, two long streams would hold up all others.
    @SuppressWarnings("ThreadPriorityCheck")
    private static void pause() {
        Thread.yield();
    }

    /** One of the two files, and where its next data is. */
    private static final class Side {
        private static final FileRange NOTHING = new FileRange(Long.MAX_VALUE, Long.MAX_VALUE);

        private final SparseFile file;
        private final Extents extents;
        private final MemorySegment buffer;
        private FileRange data = new FileRange(0, 0);

        Side(SparseFile file, Arena arena) {
            this.file = file;
            this.extents = file.extents();
            this.buffer = arena.allocate(AT_ONCE);
        }

        /** The offset itself, or where the next data starts. */
        long dataFrom(long offset) throws IOException {
            if (data.end() <= offset) {
                data = file.data(offset).map(BlockRanges::touched).orElse(NOTHING);
            }
            return Math.max(offset, data.start());
        }

        boolean hasDataAt(long offset) {
            return data.start() <= offset && offset < data.end();
        }

        long changeAfter(long offset) {
            return offset < data.start() ? data.start() : data.end();
        }

        MemorySegment read(long offset, long length) throws IOException {
            MemorySegment piece = buffer.asSlice(0, length);
            if (hasDataAt(offset)) {
                file.read(offset, piece);
            } else {
                piece.fill((byte) 0);
            }
            return piece;
        }
    }
}
