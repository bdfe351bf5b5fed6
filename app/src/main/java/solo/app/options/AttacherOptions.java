package solo.app.options;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How volumes are attached; names and defaults of external-attacher. */
public final class AttacherOptions {

    @Option(
            names = "--attacher-worker-threads",
            converter = PositiveCount.class,
            paramLabel = "N",
            description = "Attachments handled at once. Default: --worker-threads, else 10.")
    public @Nullable Integer workers;

    @Option(
            names = "--attacher-timeout",
            converter = GoDuration.class,
            paramLabel = "TIME",
            description = "How long one ControllerPublishVolume or ControllerUnpublishVolume may take."
                    + " Default: --timeout, else 15s.")
    public @Nullable Duration timeout;

    @Option(
            names = "--reconcile-sync",
            defaultValue = "1m",
            converter = GoDuration.class,
            paramLabel = "TIME",
            description = "Pause between two comparisons with the driver's own list. Default: ${DEFAULT-VALUE}.")
    public Duration reconcileSync = Duration.ofMinutes(1);

    @Option(
            names = "--max-entries",
            defaultValue = "0",
            paramLabel = "N",
            description = "Volumes on one page of that list; 0 leaves it to the driver. Default: ${DEFAULT-VALUE}.")
    public int maxEntries;
}
