package solo.app.options;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How volumes grow and change; names and defaults of external-resizer. */
public final class ResizerFlags {

    @Option(
            names = "--resizer-workers",
            defaultValue = "10",
            paramLabel = "N",
            description = "Claims expanded or modified at once. Default: ${DEFAULT-VALUE}.")
    public int workers = 10;

    @Option(
            names = "--resize-timeout",
            defaultValue = "10s",
            converter = GoDuration.class,
            paramLabel = "TIME",
            description = "How long one ControllerExpandVolume may take. Default: ${DEFAULT-VALUE}.")
    public Duration resizeTimeout = Duration.ofSeconds(10);

    @Option(
            names = "--modify-timeout",
            defaultValue = "10s",
            converter = GoDuration.class,
            paramLabel = "TIME",
            description = "How long one ControllerModifyVolume may take. Default: ${DEFAULT-VALUE}.")
    public Duration modifyTimeout = Duration.ofSeconds(10);

    @Option(
            names = "--handle-volume-inuse-error",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "true",
            paramLabel = "BOOL",
            description = "Watch pods, so that an expansion refused because of use waits for them."
                    + " Default: ${DEFAULT-VALUE}.")
    public boolean handleVolumeInUse = true;

    @Option(
            names = "--extra-modify-metadata",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            paramLabel = "BOOL",
            description = "Give the names of claim and volume to ControllerModifyVolume as parameters.")
    public boolean extraModifyMetadata;
}
