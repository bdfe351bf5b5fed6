package solo.app.dropin;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;
import solo.app.StartupProblem;
import solo.app.Verbosity;
import solo.app.options.GoDuration;

/** The flags that every Go sidecar has, mostly from component-base. Many mean nothing to a Java process. */
final class GoCommonFlags {

    private static final Logger log = LoggerFactory.getLogger(GoCommonFlags.class);

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Option(names = "--v", defaultValue = "0", paramLabel = "LEVEL", description = "How much is logged: 0, 4 or 5.")
    int verbosity;

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

    @Option(names = "--automaxprocs", hidden = true)
    boolean automaxprocs;

    /** Refuses what component-base refuses, then sets the level. */
    void apply() throws StartupProblem {
        if (!format.equals("text") && !format.equals("json")) {
            throw new StartupProblem("--logging-format: '" + format + "' is no format; write text or json");
        }
        if (textSplitStream || jsonSplitStream || !textBuffer.equals("0") || !jsonBuffer.equals("0")) {
            throw new StartupProblem("--log-…-split-stream and --log-…-info-buffer-size are alpha and cannot be turned"
                    + " on, in the Go programs neither; leave them out");
        }
        Verbosity.set(verbosity);
        if (!vmodule.isEmpty()) {
            log.warn("--vmodule has no effect: levels of single Go files mean nothing here");
        }
        if (format.equals("json")) {
            log.warn("--logging-format=json has no effect: the log is text");
        }
    }
}
