package solo.driver.state;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A volume as text: a Java properties file, sorted, for people to read and for us to read back. Unknown keys of the
 * same version are ignored; a higher version is refused, because it may mean something that must not be lost.
 */
final class VolumeFormat {
    private static final int VERSION = 1;

    private VolumeFormat() {}

    static String write(Volume volume) {
        var fields = new Properties();
        fields.setProperty("version", Integer.toString(VERSION));
        fields.setProperty("id", volume.id());
        fields.setProperty("phase", volume.phase().name());
        fields.setProperty("name", volume.spec().name());
        fields.setProperty("backend", volume.spec().backend());
        fields.setProperty("source", volume.spec().source());
        fields.setProperty("node", volume.home().nodeId());
        fields.setProperty("capacity", Long.toString(volume.home().capacityBytes()));
        fields.setProperty("lifetime", volume.home().lifetime().name());
        volume.spec().uses().forEach(use -> fields.setProperty("use." + use, ""));
        volume.spec().parameters().forEach((key, value) -> fields.setProperty("parameter." + key, value));
        volume.attachments().forEach((node, attachment) -> {
            fields.setProperty("attached." + node, attachment.access().name() + " " + attachment.use());
        });
        var text = new StringWriter();
        try {
            fields.store(text, null);
        } catch (IOException bug) {
            throw new IllegalStateException("a string has no disk", bug);
        }
        // The first line is a date.
        return text.toString()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    static Volume read(String file, String text) throws StateException {
        var fields = new Properties();
        try {
            fields.load(new StringReader(text));
            int version = Integer.parseInt(required(fields, "version"));
            if (version > VERSION) {
                throw new StateException(file + " was written by a newer Solo (format " + version + ", this one knows "
                        + VERSION + "); start that version again");
            }
            var spec = new VolumeSpec(
                    required(fields, "name"),
                    required(fields, "backend"),
                    new TreeSet<>(below(fields, "use.").keySet()),
                    below(fields, "parameter."),
                    required(fields, "source"));
            var home = new Volume.Home(
                    required(fields, "node"),
                    Long.parseLong(required(fields, "capacity")),
                    Volume.Lifetime.valueOf(required(fields, "lifetime")));
            var attachments = new TreeMap<String, Attachment>();
            below(fields, "attached.").forEach((node, words) -> attachments.put(node, attachment(words)));
            return new Volume(
                    required(fields, "id"), spec, Phase.valueOf(required(fields, "phase")), home, attachments);
        } catch (IOException | IllegalArgumentException damage) {
            if (damage instanceof StateException refusal) {
                throw refusal;
            }
            throw StateException.damaged(file, damage.toString());
        }
    }

    private static Attachment attachment(String text) {
        String[] words = text.split(" ", 2);
        if (words.length != 2) {
            throw new IllegalArgumentException("attachment " + text);
        }
        return new Attachment(words[1], Attachment.Access.valueOf(words[0]));
    }

    private static String required(Properties fields, String key) {
        String value = fields.getProperty(key);
        if (value == null) {
            throw new IllegalArgumentException("no " + key);
        }
        return value;
    }

    private static SortedMap<String, String> below(Properties fields, String prefix) {
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
