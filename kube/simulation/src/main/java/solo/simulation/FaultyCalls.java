package solo.simulation;

import com.google.protobuf.Message;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solo.csi.Calls;
import solo.csi.CsiException;
import solo.csi.Rpc;
import solo.csi.Sink;
import solo.csi.StreamRpc;
import solo.csi.model.Code;

/** Calls to a driver that can be made to go wrong, each in its own way, and that are remembered. */
public final class FaultyCalls implements Calls {

    /** A call that was made. */
    public record Made(Rpc<?, ?> rpc, Message request) {}

    private final Calls honest;
    private final VirtualClock clock;
    private final Map<Rpc<?, ?>, Deque<DriverFault>> planned = new HashMap<>();
    private final List<Made> made = new ArrayList<>();
    /** By what they work on, in the order in which they began. */
    private final Map<String, Runnable> background = new LinkedHashMap<>();

    private Instant busyUntil = Instant.MIN;
    private Code busyCode = Code.UNAVAILABLE;

    public FaultyCalls(Calls honest, VirtualClock clock) {
        this.honest = honest;
        this.clock = clock;
    }

    /** Plans what becomes of the next calls of this kind, one fault a call. */
    public synchronized void plan(Rpc<?, ?> rpc, DriverFault... faults) {
        planned.computeIfAbsent(rpc, any -> new ArrayDeque<>()).addAll(List.of(faults));
    }

    /** Every call is refused with this code until then. */
    public synchronized void busyUntil(Instant then, Code code) {
        busyUntil = then;
        busyCode = code;
    }

    public synchronized List<Made> made() {
        return List.copyOf(made);
    }

    /** The requests of one kind, in order. */
    public <Q extends Message, A extends Message> List<Q> made(Rpc<Q, A> rpc) {
        @SuppressWarnings("unchecked") // a call of an Rpc<Q, A> has a Q as its request
        List<Q> requests = (List<Q>) made().stream()
                .filter(one -> one.rpc() == rpc)
                .map(Made::request)
                .toList();
        return requests;
    }

    public synchronized void forgetMade() {
        made.clear();
    }

    /** What still goes on although its caller was told otherwise. */
    public synchronized List<String> inBackground() {
        return List.copyOf(background.keySet());
    }

    /** Lets everything that goes on in the background come to its end. */
    public synchronized void finishBackground() {
        List.copyOf(background.keySet()).forEach(this::finishBackground);
    }

    synchronized void finishBackground(String key) {
        Runnable work = background.remove(key);
        if (work != null) {
            work.run();
        }
    }

    @Override
    public <Q extends Message, A extends Message> A call(Rpc<Q, A> rpc, Q request) throws CsiException {
        return call(rpc, request, next(rpc, request));
    }

    @Override
    public <Q extends Message, A extends Message> void stream(StreamRpc<Q, A> rpc, Q request, Sink<A> sink)
            throws CsiException {
        honest.stream(rpc, request, sink);
    }

    private synchronized @Nullable DriverFault next(Rpc<?, ?> rpc, Message request) {
        made.add(new Made(rpc, request));
        Deque<DriverFault> faults = planned.get(rpc);
        return faults == null ? null : faults.poll();
    }

    /** The caller is gone, the call goes on. */
    synchronized <Q extends Message, A extends Message> void goOn(Rpc<Q, A> rpc, Q request) {
        background.putIfAbsent(about(rpc, request), () -> quietly(rpc, request));
    }

    /** Makes the call go this way. */
    <Q extends Message, A extends Message> A call(Rpc<Q, A> rpc, Q request, @Nullable DriverFault fault)
            throws CsiException {
        String about = about(rpc, request);
        synchronized (this) {
            if (clock.now().isBefore(busyUntil)) {
                throw new CsiException(busyCode, "simulated: busy until " + busyUntil);
            }
            if (background.containsKey(about)) {
                throw new CsiException(Code.ABORTED, "simulated: an operation is pending for " + about);
            }
        }
        return switch (fault) {
            case null -> honest.call(rpc, request);
            case DriverFault.Refused(Code code) -> throw simulated(code, "refused");
            case DriverFault.AnswerLost(Code code) -> {
                A lost = honest.call(rpc, request);
                throw simulated(code, "done, answer lost of " + lost.getSerializedSize() + " bytes");
            }
            case DriverFault.InBackground(Code code) -> {
                synchronized (this) {
                    background.put(about, () -> quietly(rpc, request));
                }
                throw simulated(code, "goes on in the background");
            }
            case DriverFault.Slow(var time) -> {
                clock.advance(time);
                yield honest.call(rpc, request);
            }
            case DriverFault.Altered(var how, var change) -> {
                @SuppressWarnings("unchecked") // the same message, changed
                A altered = (A) change.apply(honest.call(rpc, request));
                yield altered;
            }
        };
    }

    private <Q extends Message, A extends Message> void quietly(Rpc<Q, A> rpc, Q request) {
        try {
            var _ = honest.call(rpc, request);
        } catch (CsiException refused) {
            // Nobody waits for the answer any more.
        }
    }

    /** A driver locks what it works on: names while creating, ids afterwards. */
    static String about(Rpc<?, ?> rpc, Message request) {
        for (String field : List.of("name", "volume_id", "snapshot_id", "group_snapshot_id")) {
            var descriptor = request.getDescriptorForType().findFieldByName(field);
            if (descriptor != null) {
                return field + " " + request.getField(descriptor);
            }
        }
        return rpc.path();
    }

    private static CsiException simulated(Code code, String what) {
        return new CsiException(code, "simulated: " + what);
    }
}
