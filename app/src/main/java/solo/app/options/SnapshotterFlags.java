package solo.app.options;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How snapshots are taken; names and defaults of csi-snapshotter and snapshot-controller. */
public final class SnapshotterFlags {

    @Option(
            names = "--snapshotter-worker-threads",
            defaultValue = "10",
            converter = PositiveCount.class,
            paramLabel = "N",
            description = "Snapshots, contents, and groups of each, worked on at once. Default: ${DEFAULT-VALUE}.")
    public int workers = 10;

    @Option(
            names = "--snapshotter-timeout",
            defaultValue = "1m",
            converter = GoDuration.class,
            paramLabel = "TIME",
            description = "How long one call for a snapshot, or for a group of them, may take."
                    + " Default: ${DEFAULT-VALUE}.")
    public Duration timeout = Duration.ofMinutes(1);

    @Option(
            names = "--snapshot-name-prefix",
            defaultValue = "snapshot",
            paramLabel = "TEXT",
            description = "Start of the names of snapshots. Default: ${DEFAULT-VALUE}.")
    public String namePrefix = "snapshot";

    @Option(
            names = "--snapshot-name-uuid-length",
            defaultValue = "-1",
            paramLabel = "N",
            description = "How much of the snapshot's uid goes into its name; -1 for all, with dashes."
                    + " Default: ${DEFAULT-VALUE}.")
    public int nameUuidLength = -1;

    @Option(
            names = "--groupsnapshot-name-prefix",
            defaultValue = "groupsnapshot",
            paramLabel = "TEXT",
            description = "Start of the names of group snapshots. Default: ${DEFAULT-VALUE}.")
    public String groupNamePrefix = "groupsnapshot";

    @Option(
            names = "--groupsnapshot-name-uuid-length",
            defaultValue = "-1",
            paramLabel = "N",
            description = "How much of the group snapshot's uid goes into its name; -1 for all, with dashes."
                    + " Default: ${DEFAULT-VALUE}.")
    public int groupNameUuidLength = -1;

    @Option(
            names = "--enable-distributed-snapshotting",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            paramLabel = "BOOL",
            description = "snapshot-controller writes on each content which node's driver takes it.")
    public boolean distributed;
}
