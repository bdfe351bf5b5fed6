package solo.driver.state;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The text of state files: a Java properties file, sorted, for people to read and for us to read back. Unknown keys of
 * the same version are ignored; a higher version is refused, because it may mean something that must not be lost.
 *
 * <p>The phase stands last, so that it can change by one byte: after {@code phase=READY} come the other phases, each
 * behind a {@code #} unless it is this one, then behind a space. Of several lines for a key the last counts.
 */
final class StateText {
    private StateText() {}

    static String write(Properties fields, Phase phase, int version) {
        fields.setProperty("version", Integer.toString(version));
        var text = new StringWriter();
        try {
            fields.store(text, null);
        } catch (IOException bug) {
            throw new IllegalStateException("a string has no disk", bug);
        }
        // The first line is a date.
        String sorted =
                text.toString().lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining("\n"));
        return sorted + "\nphase=READY\n" + line(Phase.CREATING, phase) + line(Phase.DELETING, phase);
    }

    private static String line(Phase of, Phase now) {
        return (of == now ? ' ' : '#') + "phase=" + of + "\n";
    }

    /** {@code parse} throws an IllegalArgumentException for what it cannot make sense of. */
    static <R> R read(String file, String text, int known, Function<Properties, R> parse) throws StateException {
        var fields = new Properties();
        try {
            fields.load(new StringReader(text));
            int version = Integer.parseInt(required(fields, "version"));
            if (version > known) {
                throw new StateException(file + " was written by a newer Solo (format " + version + ", this one knows "
                        + known + "); start that version again");
            }
            return parse.apply(fields);
        } catch (StateException refusal) {
            throw refusal;
        } catch (IOException | IllegalArgumentException damage) {
            throw StateException.damaged(file, damage.toString());
        }
    }

    static String required(Properties fields, String key) {
        String value = fields.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("no " + key);
        }
        return value;
    }

    static Instant time(Properties fields, String key) {
        String text = required(fields, key);
        try {
            return Instant.parse(text);
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException(key + " " + text, wrong);
        }
    }

    /** The fields whose keys begin with this, by the rest of the key. */
    static SortedMap<String, String> below(Properties fields, String prefix) {
        var found = new TreeMap<String, String>();
        for (Map.Entry<Object, Object> field : fields.entrySet()) {
            String key = (String) field.getKey();
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), (String) field.getValue());
            }
        }
        return found;
    }
}
