package solo.app.options;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How volumes are made; names and defaults of external-provisioner. */
public final class ProvisionerOptions {

    @Option(
            names = "--provisioner-worker-threads",
            converter = PositiveCount.class,
            paramLabel = "N",
            description = "Claims and volumes handled at once. Default: --worker-threads, else 100.")
    public @Nullable Integer workers;

    @Option(
            names = "--provisioner-timeout",
            converter = GoDuration.class,
            paramLabel = "TIME",
            description =
                    "How long one CreateVolume, DeleteVolume or GetCapacity may take. Default: --timeout, else 10s.")
    public @Nullable Duration timeout;

    @Option(
            names = "--cloning-protection-threads",
            defaultValue = "1",
            converter = PositiveCount.class,
            paramLabel = "N",
            description = "Sources of clones, and of restored snapshots, let go at once. Default: ${DEFAULT-VALUE}.")
    public int cloningProtectionThreads = 1;

    @Option(
            names = "--snapshot-orphan-sweep-interval",
            defaultValue = "5m",
            converter = GoDuration.class,
            paramLabel = "TIME",
            description = "How often a snapshot that a claim still waits for is looked at again; 0 leaves the"
                    + " finalizers of restored snapshots alone. Default: ${DEFAULT-VALUE}.")
    public Duration snapshotOrphanSweepInterval = Duration.ofMinutes(5);

    @Option(
            names = "--volume-name-prefix",
            defaultValue = "pvc",
            paramLabel = "TEXT",
            description = "Start of the names of volumes. Default: ${DEFAULT-VALUE}.")
    public String volumeNamePrefix = "pvc";

    @Option(
            names = "--volume-name-uuid-length",
            defaultValue = "-1",
            paramLabel = "N",
            description =
                    "How much of the claim's uid goes into the name, 1 to 32; -1 is all of it. Default: ${DEFAULT-VALUE}.")
    public int volumeNameUuidLength = -1;

    @Option(
            names = "--default-fstype",
            defaultValue = "",
            paramLabel = "FS",
            description = "Filesystem for volumes whose class names none. Default: the driver's.")
    public String defaultFsType = "";

    @Option(
            names = "--strict-topology",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            paramLabel = "BOOL",
            description = "Late binding: ask for the selected node's topology only.")
    public boolean strictTopology;

    @Option(
            names = "--immediate-topology",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "true",
            paramLabel = "BOOL",
            description = "Immediate binding: tell the driver where nodes are. Default: ${DEFAULT-VALUE}.")
    public boolean immediateTopology = true;

    @Option(
            names = "--extra-create-metadata",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            paramLabel = "BOOL",
            description = "Give the names of claim and volume to CreateVolume as parameters.")
    public boolean extraCreateMetadata;

    @Option(
            names = "--controller-publish-readonly",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            paramLabel = "BOOL",
            description = "Mark volumes of claims that only read as read-only.")
    public boolean controllerPublishReadOnly;

    @Option(
            names = "--prevent-volume-mode-conversion",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "true",
            paramLabel = "BOOL",
            description =
                    "Refuse to restore a block snapshot as a filesystem and the reverse. Default: ${DEFAULT-VALUE}.")
    public boolean preventVolumeModeConversion = true;
}
