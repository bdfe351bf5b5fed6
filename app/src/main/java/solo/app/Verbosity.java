package solo.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** The Go sidecars' {@code -v}: 4 and more shows every decision, 5 and more every CSI call with its secrets stripped. */
public final class Verbosity {

    private Verbosity() {}

    public static void set(int level) {
        logger("solo").setLevel(level >= 4 ? Level.DEBUG : Level.INFO);
        logger("solo.csi").setLevel(level >= 5 ? Level.DEBUG : Level.INFO);
    }

    /** For a command that answers and ends: only what went wrong stands beside its answer. */
    public static void warningsOnly() {
        logger("solo").setLevel(Level.WARN);
    }

    /** Sends the log to a file instead of the terminal, for a command whose own words would drown in it. */
    public static void toFile(Path file) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{0} %msg%n%ex");
        encoder.start();
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setAppend(false);
        appender.setEncoder(encoder);
        appender.start();
        Logger root = logger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(appender);
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }
}
