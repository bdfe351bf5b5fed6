package solo.app.options;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** CSIStorageCapacity objects; names and defaults of external-provisioner. Needs the environment NAMESPACE. */
public final class CapacityFlags {

    @Option(
            names = "--enable-capacity",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            paramLabel = "BOOL",
            description = "Publish how much room there is where, in namespace $NAMESPACE, for the scheduler.")
    public boolean enabled;

    @Option(
            names = "--capacity-for-immediate-binding",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            paramLabel = "BOOL",
            description = "For classes with immediate binding too.")
    public boolean forImmediateBinding;

    @Option(
            names = "--capacity-poll-interval",
            defaultValue = "1m",
            converter = PositiveDuration.class,
            paramLabel = "TIME",
            description = "How often the driver is asked even if nothing changes. Default: ${DEFAULT-VALUE}.")
    public Duration pollInterval = Duration.ofMinutes(1);

    @Option(
            names = "--capacity-ownerref-level",
            defaultValue = "1",
            paramLabel = "N",
            description = "Whose deletion takes the objects along: 0 pod $POD_NAME, 1 its StatefulSet or DaemonSet,"
                    + " 2 its Deployment, -1 nobody's. Default: ${DEFAULT-VALUE}.")
    public int ownerRefLevel = 1;

    @Option(
            names = "--capacity-threads",
            defaultValue = "1",
            converter = PositiveCount.class,
            paramLabel = "N",
            description = "Objects looked after at once. Default: ${DEFAULT-VALUE}.")
    public int workers = 1;

    @Option(
            names = "--kube-api-capacity-qps",
            paramLabel = "N",
            description = "Fixed limit of writes of these objects per second."
                    + " Default: none, the rate adapts to the API server.")
    public @Nullable Double qps;

    @Option(
            names = "--kube-api-capacity-burst",
            defaultValue = "5",
            converter = PositiveCount.class,
            paramLabel = "N",
            description = "How many may come at once under --kube-api-capacity-qps. Default: ${DEFAULT-VALUE}.")
    public int burst = 5;
}
