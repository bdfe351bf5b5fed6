package solo.driver.linux;

import static solo.driver.linux.Call.INT;
import static solo.driver.linux.Call.LONG;
import static solo.driver.linux.Call.POINTER;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/**
 * Project quotas of ext4 and xfs: the project of a file is FS_IOC_FSSETXATTR of linux/fs.h, its limits are those of
 * quotactl(2), by way of quotactl_fd of Linux 5.14, which needs no device node.
 */
public final class ProjectQuota {
    private static final long FS_IOC_FSGETXATTR = 0x801C581FL;
    private static final long FS_IOC_FSSETXATTR = 0x401C5820L;
    private static final int FS_XFLAG_PROJINHERIT = 0x200;
    // struct fsxattr
    private static final long XATTR_BYTES = 28;
    private static final long XATTR_FLAGS = 0;
    private static final long XATTR_PROJECT = 12;

    private static final long SYS_QUOTACTL_FD = 443;
    private static final int PRJQUOTA = 2;
    private static final int Q_GETQUOTA = 0x800007;
    private static final int Q_SETQUOTA = 0x800008;
    private static final int Q_XGETQSTATV = 0x5808;
    // struct if_dqblk; limits are in units of 1 KiB
    private static final long DQBLK_BYTES = 72;
    private static final long DQBLK_HARD_LIMIT = 0;
    private static final long DQBLK_SPACE = 16;
    private static final long DQBLK_INODES = 40;
    private static final long DQBLK_VALID = 64;
    private static final int QIF_BLIMITS = 1;
    private static final long UNIT = 1024;
    // struct fs_quota_statv
    private static final long STATV_BYTES = 256;
    private static final byte STATV_VERSION = 1;
    private static final long STATV_FLAGS = 2;
    private static final int PROJECTS_COUNTED_AND_LIMITED = 0x30;

    private static final Call QUOTACTL_FD = Call.of(
            "syscall", FunctionDescriptor.of(LONG, LONG, INT, INT, INT, POINTER), Linker.Option.firstVariadicArg(1));

    private ProjectQuota() {}

    /** What a project has and may have; no limit is 0. */
    public record Use(long bytes, long inodes, long limitBytes) {}

    private interface Step<T> {
        T run(int descriptor, Arena arena) throws IOException;
    }

    /** Whether the filesystem of the directory counts projects and holds them to their limits. */
    public static boolean limits(Path directory) throws IOException {
        return with(directory, (descriptor, arena) -> {
            MemorySegment state = arena.allocate(STATV_BYTES, Long.BYTES);
            state.set(ValueLayout.JAVA_BYTE, 0, STATV_VERSION);
            call("ask for the quotas of the filesystem at " + directory, descriptor, Q_XGETQSTATV, 0, state);
            int flags = state.get(ValueLayout.JAVA_SHORT, STATV_FLAGS);
            return (flags & PROJECTS_COUNTED_AND_LIMITED) == PROJECTS_COUNTED_AND_LIMITED;
        });
    }

    /** The directory belongs to the project, and so will be what is made in it. */
    public static void assign(Path directory, long project) throws IOException {
        with(directory, (descriptor, arena) -> {
            MemorySegment attributes = attributes(directory, descriptor, arena);
            int flags = attributes.get(ValueLayout.JAVA_INT, XATTR_FLAGS);
            attributes.set(ValueLayout.JAVA_INT, XATTR_FLAGS, flags | FS_XFLAG_PROJINHERIT);
            attributes.set(ValueLayout.JAVA_INT, XATTR_PROJECT, (int) project);
            Ioctl.run("give " + directory + " the project " + project, descriptor, FS_IOC_FSSETXATTR, attributes);
            return project;
        });
    }

    /** 0 is no project. */
    public static long projectOf(Path directory) throws IOException {
        return with(
                directory,
                (descriptor, arena) -> Integer.toUnsignedLong(
                        attributes(directory, descriptor, arena).get(ValueLayout.JAVA_INT, XATTR_PROJECT)));
    }

    /** For the filesystem of the directory; 0 is no limit. */
    public static void limit(Path directory, long project, long bytes) throws IOException {
        with(directory, (descriptor, arena) -> {
            MemorySegment limits = arena.allocate(DQBLK_BYTES, Long.BYTES);
            limits.set(ValueLayout.JAVA_LONG, DQBLK_HARD_LIMIT, Math.ceilDiv(bytes, UNIT));
            limits.set(ValueLayout.JAVA_INT, DQBLK_VALID, QIF_BLIMITS);
            call("limit project " + project + " at " + directory, descriptor, Q_SETQUOTA, (int) project, limits);
            return project;
        });
    }

    /** In the filesystem of the directory. */
    public static Use use(Path directory, long project) throws IOException {
        return with(directory, (descriptor, arena) -> {
            MemorySegment found = arena.allocate(DQBLK_BYTES, Long.BYTES);
            try {
                call("ask for project " + project + " at " + directory, descriptor, Q_GETQUOTA, (int) project, found);
            } catch (LinuxException refusal) {
                if (refusal.errno() != Errno.ENOENT) {
                    throw refusal;
                }
                // xfs has nothing about a project that it never met.
            }
            return new Use(
                    found.get(ValueLayout.JAVA_LONG, DQBLK_SPACE),
                    found.get(ValueLayout.JAVA_LONG, DQBLK_INODES),
                    found.get(ValueLayout.JAVA_LONG, DQBLK_HARD_LIMIT) * UNIT);
        });
    }

    private static MemorySegment attributes(Path directory, int descriptor, Arena arena) throws LinuxException {
        MemorySegment attributes = arena.allocate(XATTR_BYTES, Long.BYTES);
        Ioctl.run("ask for the project of " + directory, descriptor, FS_IOC_FSGETXATTR, attributes);
        return attributes;
    }

    private static void call(String attempt, int descriptor, int command, int project, MemorySegment struct)
            throws LinuxException {
        QUOTACTL_FD.run(attempt, SYS_QUOTACTL_FD, descriptor, command << 8 | PRJQUOTA, project, struct);
    }

    private static <T> T with(Path directory, Step<T> step) throws IOException {
        int descriptor = Linux.openForReading(directory);
        try (Arena arena = Arena.ofConfined()) {
            return step.run(descriptor, arena);
        } finally {
            Linux.close(descriptor);
        }
    }
}
