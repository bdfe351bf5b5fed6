package solo.driver.linux;

import static solo.driver.linux.Call.INT;
import static solo.driver.linux.Call.LONG;
import static solo.driver.linux.Call.POINTER;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/**
 * Options of a filesystem that is mounted, changed for all its mounts at once: fspick(2) and fsconfig(2) of Linux 5.2,
 * which leave the options of each mount alone, as a remount by mount(2) does not.
 */
public final class Superblock {
    private static final int AT_FDCWD = -100;
    private static final int FSPICK_CLOEXEC = 1;
    private static final int FSPICK_SYMLINK_NOFOLLOW = 2;
    private static final int FSCONFIG_SET_FLAG = 0;
    private static final int FSCONFIG_SET_STRING = 1;
    private static final int FSCONFIG_CMD_RECONFIGURE = 7;
    private static final long SYS_FSCONFIG = 431;
    private static final long SYS_FSPICK = 433;

    private static final Call FSPICK =
            Call.of("syscall", FunctionDescriptor.of(LONG, LONG, INT, POINTER, INT), Linker.Option.firstVariadicArg(1));
    private static final Call FSCONFIG = Call.of(
            "syscall",
            FunctionDescriptor.of(LONG, LONG, INT, INT, POINTER, POINTER, INT),
            Linker.Option.firstVariadicArg(1));

    private Superblock() {}

    /** {@code options} are words, or {@code key=value}. */
    public static void change(Path mounted, List<String> options) throws LinuxException {
        String attempt = "change the filesystem at " + mounted + " to " + String.join(",", options);
        int context = (int)
                FSPICK.run(attempt, SYS_FSPICK, AT_FDCWD, mounted.toString(), FSPICK_CLOEXEC | FSPICK_SYMLINK_NOFOLLOW);
        try {
            for (String option : options) {
                set(attempt, context, option);
            }
            FSCONFIG.run(
                    attempt,
                    SYS_FSCONFIG,
                    context,
                    FSCONFIG_CMD_RECONFIGURE,
                    MemorySegment.NULL,
                    MemorySegment.NULL,
                    0);
        } finally {
            Linux.close(context);
        }
    }

    private static void set(String attempt, int context, String option) throws LinuxException {
        int equals = option.indexOf('=');
        if (equals < 0) {
            FSCONFIG.run(attempt, SYS_FSCONFIG, context, FSCONFIG_SET_FLAG, option, MemorySegment.NULL, 0);
        } else {
            String key = option.substring(0, equals);
            String value = option.substring(equals + 1);
            FSCONFIG.run(attempt, SYS_FSCONFIG, context, FSCONFIG_SET_STRING, key, value, 0);
        }
    }
}
