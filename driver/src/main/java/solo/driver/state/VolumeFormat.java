package solo.driver.state;

import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;

/** A volume as {@link StateText}. */
final class VolumeFormat {
    // 2 has mutable parameters and projects, which an older Solo would lose.
    private static final int VERSION = 2;

    private VolumeFormat() {}

    static String write(Volume volume) {
        var fields = new Properties();
        fields.setProperty("id", volume.id());
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
        volume.mutableParameters().forEach((key, value) -> fields.setProperty("mutable." + key, value));
        boolean project = volume.home().project() != 0;
        if (project) {
            fields.setProperty("project", Long.toString(volume.home().project()));
        }
        return StateText.write(
                fields, volume.phase(), volume.mutableParameters().isEmpty() && !project ? 1 : VERSION);
    }

    static Volume read(String file, String text) throws StateException {
        return StateText.read(file, text, VERSION, fields -> {
            var spec = new VolumeSpec(
                    StateText.required(fields, "name"),
                    StateText.required(fields, "backend"),
                    new TreeSet<>(StateText.below(fields, "use.").keySet()),
                    StateText.below(fields, "parameter."),
                    StateText.required(fields, "source"));
            var home = new Volume.Home(
                    StateText.required(fields, "node"),
                    Long.parseLong(StateText.required(fields, "capacity")),
                    Volume.Lifetime.valueOf(StateText.required(fields, "lifetime")),
                    Long.parseLong(fields.getProperty("project", "0")));
            var attachments = new TreeMap<String, Attachment>();
            StateText.below(fields, "attached.").forEach((node, words) -> attachments.put(node, attachment(words)));
            return new Volume(
                    StateText.required(fields, "id"),
                    spec,
                    Phase.valueOf(StateText.required(fields, "phase")),
                    home,
                    attachments,
                    StateText.below(fields, "mutable."));
        });
    }

    private static Attachment attachment(String text) {
        String[] words = text.split(" ", 2);
        if (words.length != 2) {
            throw new IllegalArgumentException("attachment " + text);
        }
        return new Attachment(words[1], Attachment.Access.valueOf(words[0]));
    }
}
