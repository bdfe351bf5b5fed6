package solo.driver.state;

import java.util.Properties;

/** A group of snapshots as {@link StateText}. */
final class GroupSnapshotFormat {
    private static final int VERSION = 1;

    private GroupSnapshotFormat() {}

    static String write(GroupSnapshot group) {
        var fields = new Properties();
        fields.setProperty("id", group.id());
        fields.setProperty("name", group.name());
        fields.setProperty("created", group.created().toString());
        group.members().forEach((volume, snapshot) -> fields.setProperty("member." + volume, snapshot));
        return StateText.write(fields, group.phase(), VERSION);
    }

    static GroupSnapshot read(String file, String text) throws StateException {
        return StateText.read(
                file,
                text,
                VERSION,
                fields -> new GroupSnapshot(
                        StateText.required(fields, "id"),
                        StateText.required(fields, "name"),
                        Phase.valueOf(StateText.required(fields, "phase")),
                        StateText.time(fields, "created"),
                        StateText.below(fields, "member.")));
    }
}
