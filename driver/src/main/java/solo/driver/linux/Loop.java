package solo.driver.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/** The calls of loop(4), on descriptors of {@code /dev/loop*}. LOOP_CONFIGURE needs Linux 5.8. */
public final class Loop {
    private static final Path CONTROL = Path.of("/dev/loop-control");
    private static final long LOOP_CLR_FD = 0x4C01;
    private static final long LOOP_SET_STATUS64 = 0x4C04;
    private static final long LOOP_GET_STATUS64 = 0x4C05;
    private static final long LOOP_SET_CAPACITY = 0x4C07;
    private static final long LOOP_CONFIGURE = 0x4C0A;
    private static final long LOOP_CTL_GET_FREE = 0x4C82;
    private static final long BLKRASET = 0x1262;
    private static final int LO_FLAGS_AUTOCLEAR = 4;
    private static final int LO_FLAGS_DIRECT_IO = 16;

    // struct loop_info64, and struct loop_config, which holds one after two ints.
    private static final long INFO_BYTES = 232;
    private static final long INFO_DEVICE = 0;
    private static final long INFO_INODE = 8;
    private static final long INFO_FLAGS = 52;
    private static final long CONFIG_BYTES = 8 + INFO_BYTES + 64;
    private static final long CONFIG_BLOCK_SIZE = 4;
    private static final long CONFIG_INFO = 8;

    /** What filesystems are made for here, whatever the disk below prefers. */
    private static final int SECTOR = 512;

    private Loop() {}

    /** The file behind a device, as stat(2) identifies it. */
    public record BackingFile(long device, long inode) {}

    /** The number of a device that nobody used a moment ago. */
    public static int free() throws LinuxException {
        int control = Linux.openForWriting(CONTROL);
        try {
            return Ioctl.run("find a free loop device", control, LOOP_CTL_GET_FREE, 0);
        } finally {
            Linux.close(control);
        }
    }

    /**
     * Puts the file behind the device, until the device's last user closes it. Reads and writes go past the page cache
     * where the disk allows it, so that no page is cached twice. EBUSY when somebody else was faster.
     */
    public static void configure(Path device, int descriptor, int file) throws LinuxException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment config = arena.allocate(CONFIG_BYTES, Long.BYTES);
            config.set(ValueLayout.JAVA_INT, 0, file);
            config.set(ValueLayout.JAVA_INT, CONFIG_BLOCK_SIZE, SECTOR);
            config.set(ValueLayout.JAVA_INT, CONFIG_INFO + INFO_FLAGS, LO_FLAGS_AUTOCLEAR | LO_FLAGS_DIRECT_IO);
            Ioctl.run("attach a file to " + device, descriptor, LOOP_CONFIGURE, config);
        }
    }

    /** The device stays when its last user has closed it, until {@link #detach}. */
    public static void keep(Path device, int descriptor) throws LinuxException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = status(arena, device, descriptor);
            int flags = info.get(ValueLayout.JAVA_INT, INFO_FLAGS);
            info.set(ValueLayout.JAVA_INT, INFO_FLAGS, flags & ~LO_FLAGS_AUTOCLEAR);
            Ioctl.run("keep " + device, descriptor, LOOP_SET_STATUS64, info);
        }
    }

    /** ENXIO when there is none. */
    public static BackingFile backingFile(Path device, int descriptor) throws LinuxException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = status(arena, device, descriptor);
            return new BackingFile(
                    info.get(ValueLayout.JAVA_LONG, INFO_DEVICE), info.get(ValueLayout.JAVA_LONG, INFO_INODE));
        }
    }

    /** The device becomes as large as its file is now. */
    public static void grow(Path device, int descriptor) throws LinuxException {
        Ioctl.run("grow " + device, descriptor, LOOP_SET_CAPACITY, 0);
    }

    /** How far ahead of a reader the kernel reads. */
    public static void readAhead(Path device, int descriptor, long bytes) throws LinuxException {
        Ioctl.run("read ahead on " + device, descriptor, BLKRASET, bytes / SECTOR);
    }

    /** At once, or when its last user closes it; not attached is ENXIO. */
    public static void detach(Path device, int descriptor) throws LinuxException {
        Ioctl.run("detach " + device, descriptor, LOOP_CLR_FD, 0);
    }

    private static MemorySegment status(Arena arena, Path device, int descriptor) throws LinuxException {
        MemorySegment info = arena.allocate(INFO_BYTES, Long.BYTES);
        Ioctl.run("ask " + device + " for its file", descriptor, LOOP_GET_STATUS64, info);
        return info;
    }
}
