package solo.driver.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the bytes of a file lie on the disk: FIEMAP of linux/fiemap.h, some extents at a time. To be asked in ascending
 * order.
 */
public final class Extents {
    private static final long FS_IOC_FIEMAP = 0xC020660BL;
    private static final int FIEMAP_FLAG_SYNC = 1;
    private static final int FLAG_LAST = 1;
    private static final int FLAG_SHARED = 0x2000;
    // Unknown, not yet allocated, encoded, encrypted, not aligned, inline, tail, unwritten: the same place on the disk
    // need not hold the same bytes then.
    private static final int FLAGS_ELSEWHERE = 2 | 4 | 8 | 0x80 | 0x100 | 0x200 | 0x400 | 0x800;

    // struct fiemap, and the struct fiemap_extents behind it.
    private static final int AT_ONCE = 128;
    private static final long HEAD_BYTES = 32;
    private static final long HEAD_LENGTH = 8;
    private static final long HEAD_FLAGS = 16;
    private static final long HEAD_MAPPED = 20;
    private static final long HEAD_COUNT = 24;
    private static final long EXTENT_BYTES = 56;
    private static final long EXTENT_PHYSICAL = 8;
    private static final long EXTENT_LENGTH = 16;
    private static final long EXTENT_FLAGS = 40;

    private final Path path;
    private final int descriptor;
    private List<Extent> known = List.of();
    private long knownFrom;
    private long knownTo;

    Extents(Path path, int descriptor) {
        this.path = path;
        this.descriptor = descriptor;
    }

    /** One piece of a file, in one piece on the disk. */
    record Extent(FileRange range, long physical, int flags) {
        boolean has(long offset) {
            return range.start() <= offset && offset < range.end();
        }

        long place(long offset) {
            return physical + (offset - range.start());
        }

        boolean shared() {
            return (flags & FLAG_SHARED) != 0 && (flags & FLAGS_ELSEWHERE) == 0;
        }
    }

    /**
     * Up to where two files of one filesystem have their bytes in the same place on the disk, so that they are the same;
     * {@code offset} itself when they do not, or when it cannot be told.
     */
    public static long sharedUntil(long offset, Extents one, Extents other) throws LinuxException {
        Optional<Extent> ours = one.at(offset);
        Optional<Extent> theirs = ours.isPresent() && ours.get().shared() ? other.at(offset) : Optional.empty();
        return theirs.isEmpty() ? offset : sharedUntil(offset, ours.get(), theirs.get());
    }

    static long sharedUntil(long offset, Extent one, Extent other) {
        boolean same = one.shared() && other.shared() && one.place(offset) == other.place(offset);
        return same ? Math.min(one.range().end(), other.range().end()) : offset;
    }

    private Optional<Extent> at(long offset) throws LinuxException {
        if (offset < knownFrom || offset >= knownTo) {
            ask(offset);
        }
        return known.stream().filter(extent -> extent.has(offset)).findFirst();
    }

    private void ask(long offset) throws LinuxException {
        known = List.of();
        knownFrom = offset;
        knownTo = Long.MAX_VALUE;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment map = arena.allocate(HEAD_BYTES + AT_ONCE * EXTENT_BYTES, Long.BYTES);
            map.set(ValueLayout.JAVA_LONG, 0, offset);
            map.set(ValueLayout.JAVA_LONG, HEAD_LENGTH, Long.MAX_VALUE - offset);
            map.set(ValueLayout.JAVA_INT, HEAD_FLAGS, FIEMAP_FLAG_SYNC);
            map.set(ValueLayout.JAVA_INT, HEAD_COUNT, AT_ONCE);
            Ioctl.run("ask where " + path + " lies on the disk", descriptor, FS_IOC_FIEMAP, map);
            known = extents(map);
        } catch (LinuxException refusal) {
            if (refusal.errno() != Errno.EOPNOTSUPP && refusal.errno() != Errno.ENOTTY) {
                throw refusal;
            }
            // Such as tmpfs: nothing there is ever shared.
        }
        if (known.size() == AT_ONCE && (known.getLast().flags() & FLAG_LAST) == 0) {
            knownTo = known.getLast().range().end();
        }
    }

    private static List<Extent> extents(MemorySegment map) {
        var extents = new ArrayList<Extent>();
        for (int i = 0; i < map.get(ValueLayout.JAVA_INT, HEAD_MAPPED); i++) {
            MemorySegment extent = map.asSlice(HEAD_BYTES + i * EXTENT_BYTES, EXTENT_BYTES);
            long start = extent.get(ValueLayout.JAVA_LONG, 0);
            extents.add(new Extent(
                    new FileRange(start, start + extent.get(ValueLayout.JAVA_LONG, EXTENT_LENGTH)),
                    extent.get(ValueLayout.JAVA_LONG, EXTENT_PHYSICAL),
                    extent.get(ValueLayout.JAVA_INT, EXTENT_FLAGS)));
        }
        return extents;
    }
}
