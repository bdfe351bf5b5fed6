package solo.it.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a program or library says of itself (elf(5); 64 bits, little-endian, as both of our processors have it).
 *
 * @param machine {@code e_machine}
 * @param needed names of the libraries that the loader brings along, and of the loader itself
 */
record ElfFile(int machine, List<String> needed) {

    private static final int MAGIC = 0x464C457F;
    private static final byte CLASS_64 = 2;

    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final int PT_INTERP = 3;
    private static final int DT_NEEDED = 1;
    private static final int DT_STRTAB = 5;

    /** A part of the file and where it is mapped. */
    private record Segment(int type, long offset, long address, long size) {
        boolean maps(long where) {
            return type == PT_LOAD && where >= address && where < address + size;
        }
    }

    /** Empty for a file that is neither a program nor a library. */
    static Optional<ElfFile> read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.capacity() < 64 || bytes.getInt(0) != MAGIC || bytes.get(4) != CLASS_64) {
            return Optional.empty();
        }
        List<Segment> segments = segments(bytes);
        List<String> needed = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment.type() == PT_INTERP) {
                needed.add(Path.of(text(bytes, segment.offset())).getFileName().toString());
            }
            if (segment.type() == PT_DYNAMIC) {
                needed.addAll(libraries(bytes, segment, segments));
            }
        }
        return Optional.of(new ElfFile(bytes.getShort(18) & 0xFFFF, needed));
    }

    private static List<Segment> segments(ByteBuffer bytes) {
        List<Segment> segments = new ArrayList<>();
        int size = bytes.getShort(54) & 0xFFFF;
        int count = bytes.getShort(56) & 0xFFFF;
        for (int i = 0; i < count; i++) {
            int at = Math.toIntExact(bytes.getLong(32)) + i * size;
            segments.add(new Segment(
                    bytes.getInt(at), bytes.getLong(at + 8), bytes.getLong(at + 16), bytes.getLong(at + 32)));
        }
        return segments;
    }

    private static List<String> libraries(ByteBuffer bytes, Segment dynamic, List<Segment> segments) {
        List<Long> names = new ArrayList<>();
        long table = 0;
        for (long at = dynamic.offset(); at < dynamic.offset() + dynamic.size(); at += 16) {
            long tag = bytes.getLong((int) at);
            long value = bytes.getLong((int) at + 8);
            if (tag == DT_NEEDED) {
                names.add(value);
            } else if (tag == DT_STRTAB) {
                table = offset(value, segments);
            }
        }
        List<String> libraries = new ArrayList<>();
        for (long name : names) {
            libraries.add(text(bytes, table + name));
        }
        return libraries;
    }

    private static long offset(long address, List<Segment> segments) {
        return segments.stream()
                .filter(segment -> segment.maps(address))
                .mapToLong(segment -> address - segment.address() + segment.offset())
                .findFirst()
                .orElse(address);
    }

    private static String text(ByteBuffer bytes, long from) {
        int end = (int) from;
        while (bytes.get(end) != 0) {
            end++;
        }
        byte[] text = new byte[end - (int) from];
        bytes.get((int) from, text);
        return new String(text, UTF_8);
    }
}
