package solo.livenessprobe;

import java.time.Duration;
import solo.csi.model.Code;
import solo.csi.model.DriverError;

/** What one look at the driver came to, and what the kubelet is told about it. */
public sealed interface ProbeResult {

    record Ready() implements ProbeResult {}

    record NotReady() implements ProbeResult {}

    /** The driver could not be reached, or answered with an error. */
    record Failed(String text) implements ProbeResult {}

    record TimedOut(Duration timeout) implements ProbeResult {}

    default int httpStatus() {
        return this instanceof Ready ? 200 : 500;
    }

    /** The body of /healthz; the first two are the Go livenessprobe's words, which people search their logs for. */
    default String text() {
        return switch (this) {
            case Ready() -> "ok";
            case NotReady() -> "driver responded but is not ready";
            case Failed(var text) -> text;
            case TimedOut(var timeout) ->
                new DriverError(
                                Code.DEADLINE_EXCEEDED,
                                "the driver did not answer Probe within " + timeout.toMillis() + " ms")
                        .goText();
        };
    }
}
