package solo.it.chart;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import solo.it.cluster.ClusterException;
import solo.it.cluster.Command;
import solo.it.cluster.GoProgram;
import solo.it.cluster.Progress;

/** Helm as it/helm/go.mod pins it, built with Go once and kept in the user's cache: 2 to 3 minutes on two cores. */
public final class Helm {

    /** The Kubernetes whose API charts are rendered for when no cluster is asked. */
    private static final String KUBERNETES_MINOR = "36";

    private final Path program;
    private final Map<String, String> environment;

    private Helm(Path program, Path home) {
        this.program = program;
        this.environment = Map.of(
                "HELM_CACHE_HOME", home.toString(),
                "HELM_CONFIG_HOME", home.toString(),
                "HELM_DATA_HOME", home.toString(),
                "KUBECONFIG", "/dev/null");
    }

    /**
     * Finds it in the cache or builds it.
     *
     * @throws ClusterException when Go is missing or the build fails
     */
    public static Helm buildOrFind(Path checkout, Progress progress) {
        String symbol = " -X helm.sh/helm/v3/pkg/chartutil.k8sVersion";
        Path program = new GoProgram(
                        checkout.resolve("it/helm"),
                        "helm.sh/helm/v3",
                        "helm.sh/helm/v3/cmd/helm",
                        symbol + "Major=1" + symbol + "Minor=" + KUBERNETES_MINOR)
                .buildOrFind("-for-1." + KUBERNETES_MINOR, progress);
        return new Helm(program, program.resolveSibling("home"));
    }

    /**
     * Runs it and returns what it wrote.
     *
     * @throws ClusterException with its last words when it fails
     */
    public String run(List<String> arguments) {
        List<String> argv = new ArrayList<>(List.of(program.toString()));
        argv.addAll(arguments);
        return new Command("helm " + arguments.getFirst(), argv, Path.of("/"), environment).output();
    }

    public String run(String... arguments) {
        return run(List.of(arguments));
    }
}
