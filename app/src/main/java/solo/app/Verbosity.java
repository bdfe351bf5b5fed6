package solo.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** The Go sidecars' {@code -v}: 4 and more shows every decision, 5 and more every CSI call with its secrets stripped. */
final class Verbosity {

    private Verbosity() {}

    static void set(int level) {
        logger("solo").setLevel(level >= 4 ? Level.DEBUG : Level.INFO);
        logger("solo.csi").setLevel(level >= 5 ? Level.DEBUG : Level.INFO);
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }
}
