package solo.driver.linux;

import static solo.driver.linux.Call.INT;
import static solo.driver.linux.Call.LONG;
import static solo.driver.linux.Call.POINTER;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * The system calls themselves. Mounting uses the calls of Linux 5.12 that prepare a mount before anyone can see it: a
 * read-only mount is never writable for a moment, and a crash leaves either the whole mount or none. Older kernels get
 * it in two steps.
 */
public final class Linux {
    private static final int AT_FDCWD = -100;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int OPEN_TREE_CLONE = 1;
    private static final int OPEN_TREE_CLOEXEC = 0x80000;
    private static final int MOVE_MOUNT_F_EMPTY_PATH = 4;
    private static final int UMOUNT_NOFOLLOW = 8;
    private static final long MS_REMOUNT = 0x20;
    private static final long MS_BIND = 0x1000;
    private static final int O_RDWR_CREAT_CLOEXEC = 2 | 0x40 | 0x80000;
    private static final int O_RDONLY_CLOEXEC = 0x80000;
    private static final int O_RDWR_CLOEXEC = 2 | 0x80000;
    private static final int OWNER_ONLY = 0600;
    private static final int LOCK_EX_NB = 2 | 4;
    private static final int LOCK_UN = 8;

    // Calls that the C library does not wrap; new calls have the same number on every architecture.
    private static final long SYS_OPEN_TREE = 428;
    private static final long SYS_MOVE_MOUNT = 429;
    private static final long SYS_MOUNT_SETATTR = 442;

    private static final Call OPEN =
            Call.of("open", FunctionDescriptor.of(INT, POINTER, INT, INT), Linker.Option.firstVariadicArg(2));
    private static final Call CLOSE = Call.of("close", FunctionDescriptor.of(INT, INT));
    private static final Call FLOCK = Call.of("flock", FunctionDescriptor.of(INT, INT, INT));
    private static final Call MOUNT =
            Call.of("mount", FunctionDescriptor.of(INT, POINTER, POINTER, POINTER, LONG, POINTER));
    private static final Call UMOUNT = Call.of("umount2", FunctionDescriptor.of(INT, POINTER, INT));
    private static final Call STATVFS = Call.of("statvfs", FunctionDescriptor.of(INT, POINTER, POINTER));
    private static final Call OPEN_TREE =
            Call.of("syscall", FunctionDescriptor.of(LONG, LONG, INT, POINTER, INT), Linker.Option.firstVariadicArg(1));
    private static final Call MOVE_MOUNT = Call.of(
            "syscall",
            FunctionDescriptor.of(LONG, LONG, INT, POINTER, INT, POINTER, INT),
            Linker.Option.firstVariadicArg(1));
    private static final Call MOUNT_SETATTR = Call.of(
            "syscall",
            FunctionDescriptor.of(LONG, LONG, INT, POINTER, INT, POINTER, LONG),
            Linker.Option.firstVariadicArg(1));

    private Linux() {}

    /** Makes the directory or file {@code source} visible at {@code target} as well. */
    public static void bindMount(Path source, Path target, MountAttributes attributes) throws LinuxException {
        try {
            bindMountAtOnce(source, target, attributes);
        } catch (LinuxException refusal) {
            if (refusal.errno() != Errno.ENOSYS) {
                throw refusal;
            }
            bindMountInTwoSteps(source, target, attributes);
        }
    }

    private static void bindMountAtOnce(Path source, Path target, MountAttributes attributes) throws LinuxException {
        String attempt = "mount " + source + " at " + target;
        int tree = (int)
                OPEN_TREE.run(attempt, SYS_OPEN_TREE, AT_FDCWD, source.toString(), OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
        try (Arena arena = Arena.ofConfined()) {
            if (!attributes.isEmpty()) {
                MemorySegment struct = arena.allocate(4 * Long.BYTES, Long.BYTES);
                struct.setAtIndex(LONG, 0, attributes.set());
                struct.setAtIndex(LONG, 1, attributes.clear());
                MOUNT_SETATTR.run(
                        attempt + " with " + attributes.words(),
                        SYS_MOUNT_SETATTR,
                        tree,
                        "",
                        AT_EMPTY_PATH,
                        struct,
                        struct.byteSize());
            }
            MOVE_MOUNT.run(attempt, SYS_MOVE_MOUNT, tree, "", AT_FDCWD, target.toString(), MOVE_MOUNT_F_EMPTY_PATH);
        } finally {
            close(tree);
        }
    }

    /** Before Linux 5.12: a bind mount takes its attributes only once it is visible. */
    static void bindMountInTwoSteps(Path source, Path target, MountAttributes attributes) throws LinuxException {
        String attempt = "mount " + source + " at " + target;
        MOUNT.run(attempt, source.toString(), target.toString(), MemorySegment.NULL, MS_BIND, MemorySegment.NULL);
        if (attributes.isEmpty()) {
            return;
        }
        try {
            MOUNT.run(
                    attempt + " with " + attributes.words(),
                    MemorySegment.NULL,
                    target.toString(),
                    MemorySegment.NULL,
                    MS_BIND | MS_REMOUNT | attributes.flags(),
                    MemorySegment.NULL);
        } catch (LinuxException refusal) {
            unmount(target);
            throw refusal;
        }
    }

    /** Mounts the filesystem that is on a device; {@code data} are the options of that filesystem, comma-separated. */
    public static void mount(Path device, Path target, String fsType, MountAttributes attributes, String data)
            throws LinuxException {
        MOUNT.run(
                "mount " + device + " at " + target + " as " + fsType + (data.isEmpty() ? "" : " with " + data),
                device.toString(),
                target.toString(),
                fsType,
                attributes.flags(),
                data);
    }

    /** Removes the topmost mount at {@code target}; never follows a symbolic link there. */
    public static void unmount(Path target) throws LinuxException {
        UMOUNT.run("unmount " + target, target.toString(), UMOUNT_NOFOLLOW);
    }

    /** How full the filesystem is that holds {@code path}. */
    public static FileSystemUsage usage(Path path) throws LinuxException {
        try (Arena arena = Arena.ofConfined()) {
            // struct statvfs of a 64-bit glibc or musl, with room to spare.
            MemorySegment struct = arena.allocate(256, Long.BYTES);
            STATVFS.run("read the usage of " + path, path.toString(), struct);
            long fragment = struct.getAtIndex(LONG, 1);
            return new FileSystemUsage(
                    fragment * struct.getAtIndex(LONG, 2),
                    fragment * struct.getAtIndex(LONG, 3),
                    fragment * struct.getAtIndex(LONG, 4),
                    struct.getAtIndex(LONG, 5),
                    struct.getAtIndex(LONG, 6));
        }
    }

    /** Opens or creates a file that only root can use; to be closed with {@link #close}. */
    public static int open(Path file) throws LinuxException {
        return (int) OPEN.run("open " + file, file.toString(), O_RDWR_CREAT_CLOEXEC, OWNER_ONLY);
    }

    /** Opens a file, directory or device that exists; to be closed with {@link #close}. */
    public static int openForReading(Path file) throws LinuxException {
        return (int) OPEN.run("open " + file, file.toString(), O_RDONLY_CLOEXEC, 0);
    }

    /** Opens a file or device that exists; to be closed with {@link #close}. */
    public static int openForWriting(Path file) throws LinuxException {
        return (int) OPEN.run("open " + file, file.toString(), O_RDWR_CLOEXEC, 0);
    }

    public static void close(int descriptor) throws LinuxException {
        CLOSE.run("close descriptor " + descriptor, descriptor);
    }

    /** At once, although a child that another thread is just starting may have the descriptor too. */
    public static void unlock(int descriptor) throws LinuxException {
        FLOCK.run("unlock descriptor " + descriptor, descriptor, LOCK_UN);
    }

    /** True when the lock was free. It is held until the descriptor is closed, which the kernel also does after kill -9. */
    public static boolean tryLock(int descriptor) throws IOException {
        try {
            FLOCK.run("lock descriptor " + descriptor, descriptor, LOCK_EX_NB);
            return true;
        } catch (LinuxException refusal) {
            if (refusal.errno() == Errno.EAGAIN) {
                return false;
            }
            throw refusal;
        }
    }
}
