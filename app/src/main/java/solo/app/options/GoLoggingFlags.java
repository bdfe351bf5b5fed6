package solo.app.options;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Flags that every Go sidecar has from component-base. Taken so that a manifest need not change; most do nothing. */
public final class GoLoggingFlags {

    @Option(names = "--vmodule", defaultValue = "", hidden = true, paramLabel = "PATTERN")
    String vmodule = "";

    @Option(names = "--logging-format", defaultValue = "text", hidden = true, paramLabel = "FORMAT")
    String format = "text";

    @Option(
            names = "--log-flush-frequency",
            defaultValue = "5s",
            converter = GoDuration.class,
            hidden = true,
            paramLabel = "TIME")
    Duration flushFrequency = Duration.ofSeconds(5);

    @Option(names = "--log-text-split-stream", hidden = true)
    boolean textSplitStream;

    @Option(names = "--log-text-info-buffer-size", defaultValue = "0", hidden = true, paramLabel = "SIZE")
    String textBuffer = "0";

    @Option(names = "--log-json-split-stream", hidden = true)
    boolean jsonSplitStream;

    @Option(names = "--log-json-info-buffer-size", defaultValue = "0", hidden = true, paramLabel = "SIZE")
    String jsonBuffer = "0";

    @Option(names = "--automaxprocs", hidden = true, arity = "0..1", fallbackValue = "true", defaultValue = "false")
    boolean automaxprocs;

    /** Throws {@link IllegalArgumentException} with a sentence about what component-base refuses too. */
    public void check() {
        if (!format.equals("text") && !format.equals("json")) {
            throw new IllegalArgumentException("--logging-format: '" + format + "' is no format; write text or json");
        }
        if (textSplitStream || jsonSplitStream || !textBuffer.equals("0") || !jsonBuffer.equals("0")) {
            throw new IllegalArgumentException("--log-…-split-stream and --log-…-info-buffer-size are alpha and cannot"
                    + " be turned on, in the Go programs neither; leave them out");
        }
    }

    /** What was given and has no effect, a sentence each. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (!vmodule.isEmpty()) {
            notes.add("--vmodule has no effect: levels of single Go files mean nothing here");
        }
        if (format.equals("json")) {
            notes.add("--logging-format=json has no effect: the log is text");
        }
        if (automaxprocs) {
            notes.add("--automaxprocs has no effect: the JVM sees the container's limit by itself");
        }
        return notes;
    }
}
