package solo.app.options;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The kubelet's side. */
public final class NodeOptions {

    @Option(
            names = "--kubelet-dir",
            converter = AbsolutePath.class,
            paramLabel = "DIR",
            defaultValue = "/var/lib/kubelet",
            description =
                    "The kubelet's root folder; plugins/ and plugins_registry/ below it. Default: ${DEFAULT-VALUE}.")
    public Path kubeletDir = Path.of("/var/lib/kubelet");

    @Option(
            names = "--kubelet-registration-path",
            paramLabel = "SOCKET",
            description = "The driver's socket as the kubelet sees it, for an external driver."
                    + " Default: KUBELET-DIR/plugins/DRIVER/csi.sock.")
    public @Nullable String registrationPath;

    @Option(
            names = "--probe-timeout",
            defaultValue = "3s",
            converter = GoDuration.class,
            paramLabel = "TIME",
            description = "How long the driver may take to answer a health probe. Default: ${DEFAULT-VALUE}.")
    public Duration probeTimeout = Duration.ofSeconds(3);
}
