package solo.app.options;

import java.time.Duration;
import picocli.CommandLine.Option;

/** Each node provisions its own volumes; names and defaults of external-provisioner. */
public final class NodeDeploymentFlags {

    @Option(
            names = {"--node-deployment", "--provision"},
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            paramLabel = "BOOL",
            description = "'solo node' provisions the volumes of its node; 'solo controller' leaves them to the nodes."
                    + " Give it to both.")
    public boolean enabled;

    @Option(
            names = "--node-deployment-immediate-binding",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "true",
            paramLabel = "BOOL",
            description = "Also claims with immediate binding, which the nodes race for. Default: ${DEFAULT-VALUE}.")
    public boolean immediateBinding = true;

    @Option(
            names = "--node-deployment-base-delay",
            defaultValue = "20s",
            converter = GoDuration.class,
            paramLabel = "TIME",
            description = "How long a node waits before it takes such a claim, less a random part."
                    + " Default: ${DEFAULT-VALUE}.")
    public Duration baseDelay = Duration.ofSeconds(20);

    @Option(
            names = "--node-deployment-max-delay",
            defaultValue = "60s",
            converter = GoDuration.class,
            paramLabel = "TIME",
            description = "The longest such wait; it doubles with each race lost. Default: ${DEFAULT-VALUE}.")
    public Duration maxDelay = Duration.ofSeconds(60);
}
