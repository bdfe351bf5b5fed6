package solo.driver.backend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import solo.driver.linux.Program;

/** The filesystems that an image can hold: their names, their programs, and how they are told apart. */
enum Filesystem {
    EXT4("ext4", 16L << 20, 0x438, "S\u00ef", "discard") {
        @Override
        Program make() {
            // No blocks for root alone: the volume is the pod's.
            return Program.of("e2fsprogs", "mkfs.ext4", "-q", "-F", "-m", "0");
        }

        // Grows it too: the program wants a full check for that, and while mounted it needs CAP_SYS_RESOURCE.
        @Override
        List<Program> beforeMount(Path image) throws IOException {
            // 1 says that errors were mended.
            Program check = Program.of("e2fsprogs", "e2fsck", "-p").withGoodCodesUpTo(1);
            return bytesOfExt4(image) + UNIT <= Files.size(image)
                    ? List.of(check.with("-f"), Program.of("e2fsprogs", "resize2fs"))
                    : List.of(check);
        }

        @Override
        Program grow(Path device, Path mounted) {
            return Program.of("e2fsprogs", "resize2fs", device.toString());
        }
    },
    /** A copy has the same UUID, which xfs refuses to mount twice by default. Mounting replays its log. */
    XFS("xfs", 300L << 20, 0, "XFSB", "discard,nouuid") {
        // It takes the options of a remount without a word, and does not follow them.
        @Override
        boolean changesWhileMounted() {
            return false;
        }

        @Override
        Program make() {
            return Program.of("xfsprogs", "mkfs.xfs", "-q", "-f");
        }

        @Override
        Program grow(Path device, Path mounted) {
            return Program.of("xfsprogs", "xfs_growfs", mounted.toString());
        }
    },
    /** Mounting replays its log. The kernel resizes none below this size. */
    BTRFS("btrfs", 256L << 20, 0x10040, "_BHRfS_M", "discard=async") {
        // It reads ahead by itself, whatever its device is told.
        @Override
        List<MutableParameter> mutableParameters() {
            return List.of(MutableParameter.ATIME, MutableParameter.DISCARD);
        }

        @Override
        Program make() {
            return Program.of("btrfs-progs", "mkfs.btrfs", "-q", "-f");
        }

        @Override
        Optional<Program> newIdentity(Path copy) throws IOException {
            // Two filesystems of one identity are one to older kernels. With a log to replay it must stay as it is.
            return read(copy, 0x10060, 8).equals("\0".repeat(8))
                    ? Optional.of(Program.of("btrfs-progs", "btrfstune", "-f", "-m"))
                    : Optional.empty();
        }

        @Override
        Program grow(Path device, Path mounted) {
            return Program.of("btrfs-progs", "btrfs", "filesystem", "resize", "max", mounted.toString());
        }
    };

    static final Filesystem DEFAULT = EXT4;

    /** No block of any of them is larger by default. */
    static final long UNIT = 4096;

    private final String word;
    private final long smallestBytes;
    private final long magicOffset;
    private final String magic;
    private final String mountOptions;

    /** {@code magic} is what every filesystem of this sort has at that place, as Latin-1. */
    Filesystem(String word, long smallestBytes, long magicOffset, String magic, String mountOptions) {
        this.word = word;
        this.smallestBytes = smallestBytes;
        this.magicOffset = magicOffset;
        this.magic = magic;
        this.mountOptions = mountOptions;
    }

    static Optional<Filesystem> named(String word) {
        return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(Filesystem::word).collect(Collectors.joining(", "));
    }

    /** What the image holds; empty for anything else. */
    static Optional<Filesystem> in(Path image) throws IOException {
        for (Filesystem type : values()) {
            if (read(image, type.magicOffset, type.magic.length()).equals(type.magic)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** As mount(2) and StorageClasses call it. */
    String word() {
        return word;
    }

    /** What its programs accept. */
    long smallestBytes() {
        return smallestBytes;
    }

    /** Comma-separated. Discarded blocks become holes of the image, so that deleted files give their room back. */
    String mountOptions() {
        return mountOptions;
    }

    List<MutableParameter> mutableParameters() {
        return List.of(MutableParameter.ATIME, MutableParameter.DISCARD, MutableParameter.READ_AHEAD);
    }

    /** The mount options that the mutable parameters mean. */
    List<String> options(Map<String, String> parameters) {
        String discard = parameters.get(MutableParameter.DISCARD.name());
        if (discard == null) {
            return List.of();
        }
        return List.of(Boolean.parseBoolean(discard) ? mountOptions.split(",", 2)[0] : "nodiscard");
    }

    /** Whether those options can be changed for pods that use it. */
    boolean changesWhileMounted() {
        return true;
    }

    /** Makes an empty one in an image. */
    abstract Program make();

    /** To be run on an image one after the other before it is mounted. */
    List<Program> beforeMount(Path image) throws IOException {
        return List.of();
    }

    /** To be run on the copy of an image. */
    Optional<Program> newIdentity(Path copy) throws IOException {
        return Optional.empty();
    }

    /** To the size of its device, while it is mounted. */
    abstract Program grow(Path device, Path mounted);

    /** By its superblock: blocks, in two halves, and the size of one as a power of two. */
    private static long bytesOfExt4(Path image) throws IOException {
        long blocks = number(image, 0x550) << 32 | number(image, 0x404);
        return blocks << (10 + (number(image, 0x418) & 0xF));
    }

    /** 32 bits, little-endian. */
    private static long number(Path image, long offset) throws IOException {
        long number = 0;
        for (char c :
                new StringBuilder(read(image, offset, 4)).reverse().toString().toCharArray()) {
            number = number << 8 | c;
        }
        return number;
    }

    private static String read(Path image, long offset, int length) throws IOException {
        try (var file = new RandomAccessFile(image.toFile(), "r")) {
            var bytes = new byte[length];
            file.seek(offset);
            int read = file.read(bytes);
            return new String(bytes, 0, Math.max(0, read), ISO_8859_1);
        }
    }
}
