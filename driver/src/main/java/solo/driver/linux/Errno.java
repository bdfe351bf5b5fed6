package solo.driver.linux;

/** The error numbers of Linux that a storage driver meets, in words. The numbers are the same on x86-64 and arm64. */
public enum Errno {
    EPERM(1, "not permitted; this needs root with CAP_SYS_ADMIN"),
    ENOENT(2, "no such file or directory"),
    ESRCH(3, "there is no such thing, or it is switched off"),
    EINTR(4, "interrupted"),
    EIO(5, "the device reports an input/output error"),
    ENXIO(6, "no such device"),
    EAGAIN(11, "not now"),
    ENOMEM(12, "the kernel is out of memory"),
    EACCES(13, "permission denied"),
    EBUSY(16, "busy; a process still has a file open there or works in that directory"),
    EEXIST(17, "already there"),
    ENODEV(19, "the kernel does not know this filesystem type"),
    ENOTDIR(20, "not a directory"),
    EISDIR(21, "a directory"),
    EINVAL(22, "invalid; not a mount point, or an option that does not apply here"),
    EMFILE(24, "too many open files in this process"),
    ENFILE(23, "too many open files on this machine"),
    ENOTTY(25, "this kernel or this kind of file does not have the call"),
    ENOSPC(28, "no space left on device"),
    EROFS(30, "the filesystem is read-only"),
    ENAMETOOLONG(36, "the path is too long"),
    ENOSYS(38, "this kernel does not have the call"),
    ELOOP(40, "a symbolic link, or too many of them"),
    EOPNOTSUPP(95, "this filesystem does not have the call"),
    ESTALE(116, "stale; the remote file is gone"),
    EUCLEAN(117, "the filesystem is damaged"),
    EDQUOT(122, "the quota is used up"),
    /** Any other number; the message of {@link LinuxException} carries it. */
    OTHER(-1, "unexpected error");

    private final int number;
    private final String words;

    Errno(int number, String words) {
        this.number = number;
        this.words = words;
    }

    static Errno of(int number) {
        for (Errno errno : values()) {
            if (errno.number == number) {
                return errno;
            }
        }
        return OTHER;
    }

    String words() {
        return words;
    }
}
