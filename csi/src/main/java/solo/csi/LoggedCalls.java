package solo.csi;

import com.google.protobuf.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each call, its answer and its refusal at debug level, one line each and without secrets (the Go sidecars do so
 * at -v=5). What a refusal means is for the caller to say, at a level of its own.
 */
public final class LoggedCalls implements Calls {
    private static final Logger log = LoggerFactory.getLogger(LoggedCalls.class);

    private final Calls next;
    private final int longestAnswer;

    public LoggedCalls(Calls next) {
        this(next, Integer.MAX_VALUE);
    }

    /** Answers longer than so many characters are cut off, for drivers that list a great many volumes. */
    public LoggedCalls(Calls next, int longestAnswer) {
        this.next = next;
        this.longestAnswer = longestAnswer;
    }

    @Override
    public <Q extends Message, A extends Message> A call(Rpc<Q, A> rpc, Q request) throws CsiException {
        if (!log.isDebugEnabled()) {
            return next.call(rpc, request);
        }
        log.debug("call={} request={}", rpc.path(), StrippedJson.of(request));
        try {
            A answer = next.call(rpc, request);
            log.debug("call={} answer={}", rpc.path(), cut(StrippedJson.of(answer)));
            return answer;
        } catch (CsiException refused) {
            log.debug("call={} refused={}", rpc.path(), refused.goText());
            throw refused;
        }
    }

    @Override
    public <Q extends Message, A extends Message> void stream(StreamRpc<Q, A> rpc, Q request, Sink<A> sink)
            throws CsiException {
        if (!log.isDebugEnabled()) {
            next.stream(rpc, request, sink);
            return;
        }
        log.debug("stream={} request={}", rpc.path(), StrippedJson.of(request));
        try {
            next.stream(rpc, request, message -> {
                log.debug("stream={} message={}", rpc.path(), cut(StrippedJson.of(message)));
                sink.accept(message);
            });
            log.debug("stream={} ended", rpc.path());
        } catch (CsiException refused) {
            log.debug("stream={} refused={}", rpc.path(), refused.goText());
            throw refused;
        }
    }

    private String cut(String text) {
        return text.length() <= longestAnswer
                ? text
                : text.substring(0, longestAnswer) + "... (cut after " + longestAnswer + " characters)";
    }
}
