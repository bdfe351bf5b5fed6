package solo.app.options;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the API server is and how fast it may be asked. */
public final class KubernetesOptions {

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "How to reach the API server. Default: $KUBECONFIG, else the pod's service account.")
    public @Nullable Path kubeconfig;

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "The API server's address, if it is another than the kubeconfig says.")
    public @Nullable String master;

    @Option(
            names = "--kube-api-qps",
            paramLabel = "N",
            description = "Fixed limit of API requests per second. Default: none, the rate adapts to the API server.")
    public @Nullable Double qps;

    @Option(
            names = "--kube-api-burst",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many requests may come at once under --kube-api-qps. Default: ${DEFAULT-VALUE}.")
    public int burst = 10;
}
