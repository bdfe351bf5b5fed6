package solo.app.dropin;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import solo.app.StartupProblem;
import solo.app.Verbosity;
import solo.app.options.GoLoggingFlags;

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

    @Mixin
    private final GoLoggingFlags logging = new GoLoggingFlags();

    /** Refuses what component-base refuses, then sets the level. */
    void apply() throws StartupProblem {
        try {
            logging.check();
        } catch (IllegalArgumentException wrong) {
            throw new StartupProblem(String.valueOf(wrong.getMessage()), wrong);
        }
        Verbosity.set(verbosity);
        logging.notes().forEach(log::warn);
    }
}
