package solo.app.options;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags that several Go sidecars have: here once for all controllers that know them. */
public final class SharedFlags {

    @Option(
            names = "--timeout",
            converter = GoDuration.class,
            paramLabel = "TIME",
            description = "How long one call of the driver may take, for every controller."
                    + " Default: --provisioner-timeout, --attacher-timeout, --resize-timeout, --modify-timeout,"
                    + " --snapshotter-timeout.")
    public @Nullable Duration timeout;

    @Option(
            names = "--worker-threads",
            converter = PositiveCount.class,
            paramLabel = "N",
            description = "Workers of provisioner and attacher each."
                    + " Default: --provisioner-worker-threads, --attacher-worker-threads.")
    public @Nullable Integer workers;

    @Option(
            names = "--feature-gates",
            split = ",",
            paramLabel = "GATE=BOOL",
            description = "Switches of the Go sidecars, for example CrossNamespaceVolumeDataSource=true.")
    public List<String> featureGates = List.of();
}
