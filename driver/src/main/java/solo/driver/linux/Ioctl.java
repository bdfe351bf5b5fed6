package solo.driver.linux;

import static solo.driver.linux.Call.INT;
import static solo.driver.linux.Call.LONG;
import static solo.driver.linux.Call.POINTER;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;

/** ioctl(2) with a number or a struct. */
final class Ioctl {
    private static final Call WITH_NUMBER =
            Call.of("ioctl", FunctionDescriptor.of(INT, INT, LONG, LONG), Linker.Option.firstVariadicArg(2));
    private static final Call WITH_STRUCT =
            Call.of("ioctl", FunctionDescriptor.of(INT, INT, LONG, POINTER), Linker.Option.firstVariadicArg(2));

    private Ioctl() {}

    static int run(String attempt, int descriptor, long request, long argument) throws LinuxException {
        return (int) WITH_NUMBER.run(attempt, descriptor, request, argument);
    }

    static void run(String attempt, int descriptor, long request, MemorySegment struct) throws LinuxException {
        WITH_STRUCT.run(attempt, descriptor, request, struct);
    }
}
