package solo.driver.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/** One function of the C library that answers -1 and sets errno when it fails. */
final class Call {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

    private final MethodHandle handle;

    private Call(MethodHandle handle) {
        this.handle = handle;
    }

    // Calling C is what this class is for.
    @SuppressWarnings("restricted")
    static Call of(String name, FunctionDescriptor shape, Linker.Option... options) {
        var all = new ArrayList<Linker.Option>(List.of(options));
        all.add(Linker.Option.captureCallState("errno"));
        MemorySegment address = LINKER.defaultLookup().findOrThrow(name);
        return new Call(LINKER.downcallHandle(address, shape, all.toArray(Linker.Option[]::new)));
    }

    /** The answer, never negative. */
    long run(String attempt, Object... arguments) throws LinuxException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            var all = new ArrayList<Object>();
            all.add(state);
            for (Object argument : arguments) {
                all.add(argument instanceof String text ? arena.allocateFrom(text) : argument);
            }
            long answer = ((Number) handle.invokeWithArguments(all)).longValue();
            if (answer < 0) {
                throw new LinuxException(attempt, (int) ERRNO.get(state, 0L));
            }
            return answer;
        } catch (LinuxException refusal) {
            throw refusal;
        } catch (Throwable bug) {
            throw new IllegalStateException(attempt + ": the call itself could not be made", bug);
        }
    }

    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    static final MemoryLayout POINTER = ValueLayout.ADDRESS;
}
