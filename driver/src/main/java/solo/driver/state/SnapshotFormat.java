package solo.driver.state;

import java.util.Properties;

/** A snapshot as {@link StateText}. */
final class SnapshotFormat {
    // 2 has groups, whose members an older Solo would show too soon and delete alone; 3 has projects.
    private static final int VERSION = 3;

    private SnapshotFormat() {}

    static String write(Snapshot snapshot) {
        var fields = new Properties();
        fields.setProperty("id", snapshot.id());
        fields.setProperty("name", snapshot.name());
        fields.setProperty("source", snapshot.sourceVolume());
        fields.setProperty("backend", snapshot.backend());
        fields.setProperty("capacity", Long.toString(snapshot.capacityBytes()));
        fields.setProperty("created", snapshot.created().toString());
        if (!snapshot.group().isEmpty()) {
            fields.setProperty("group", snapshot.group());
        }
        if (snapshot.project() != 0) {
            fields.setProperty("project", Long.toString(snapshot.project()));
            return StateText.write(fields, snapshot.phase(), VERSION);
        }
        return StateText.write(fields, snapshot.phase(), snapshot.group().isEmpty() ? 1 : 2);
    }

    static Snapshot read(String file, String text) throws StateException {
        return StateText.read(
                file,
                text,
                VERSION,
                fields -> new Snapshot(
                        StateText.required(fields, "id"),
                        StateText.required(fields, "name"),
                        StateText.required(fields, "source"),
                        StateText.required(fields, "backend"),
                        Phase.valueOf(StateText.required(fields, "phase")),
                        Long.parseLong(StateText.required(fields, "capacity")),
                        StateText.time(fields, "created"),
                        fields.getProperty("group", ""),
                        Long.parseLong(fields.getProperty("project", "0"))));
    }
}
