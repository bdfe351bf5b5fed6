package solo.app.options;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How volumes are made; names and defaults of external-provisioner. */
public final class ProvisionerOptions {

    @Option(
            names = "--provisioner-worker-threads",
            defaultValue = "100",
            paramLabel = "N",
            description = "Claims and volumes handled at once. Default: ${DEFAULT-VALUE}.")
    public int workers = 100;

    @Option(
            names = "--provisioner-timeout",
            defaultValue = "10s",
            converter = GoDuration.class,
            paramLabel = "TIME",
            description = "How long one CreateVolume or DeleteVolume may take. Default: ${DEFAULT-VALUE}.")
    public Duration timeout = Duration.ofSeconds(10);

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
