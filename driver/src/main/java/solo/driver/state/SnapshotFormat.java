package solo.driver.state;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Properties;

/** A snapshot as {@link StateText}. */
final class SnapshotFormat {
    private static final int VERSION = 1;

    private SnapshotFormat() {}

    static String write(Snapshot snapshot) {
        var fields = new Properties();
        fields.setProperty("id", snapshot.id());
        fields.setProperty("name", snapshot.name());
        fields.setProperty("source", snapshot.sourceVolume());
        fields.setProperty("backend", snapshot.backend());
        fields.setProperty("phase", snapshot.phase().name());
        fields.setProperty("capacity", Long.toString(snapshot.capacityBytes()));
        fields.setProperty("created", snapshot.created().toString());
        return StateText.write(fields, VERSION);
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
                        time(StateText.required(fields, "created"))));
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException("created " + text, wrong);
        }
    }
}
