package solo.it.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import solo.it.cluster.ClusterException;
import solo.it.cluster.ClusterOptions;
import solo.it.cluster.Command;
import solo.it.cluster.Progress;

/** Helm as it/helm/go.mod pins it, built with Go once and kept in the user's cache: 2 to 3 minutes on two cores. */
public final class Helm {

    private static final Pattern VERSION = Pattern.compile("helm\\.sh/helm/v3 (v\\S+)");

    /** The Kubernetes whose API charts are rendered for when no cluster is asked. */
    private static final String KUBERNETES_MINOR = "36";

    private final Path program;
    private final Map<String, String> environment;

    private Helm(Path program, Path cache) {
        this.program = program;
        this.environment = Map.of(
                "HELM_CACHE_HOME", cache.resolve("home").toString(),
                "HELM_CONFIG_HOME", cache.resolve("home").toString(),
                "HELM_DATA_HOME", cache.resolve("home").toString(),
                "KUBECONFIG", "/dev/null");
    }

    /**
     * Finds it in the cache or builds it.
     *
     * @throws ClusterException when Go is missing or the build fails
     */
    public static Helm buildOrFind(Path checkout, Progress progress) {
        Path sources = checkout.resolve("it/helm");
        Path cache = ClusterOptions.xdg("XDG_CACHE_HOME", ".cache").resolve("helm");
        try {
            Path program = cache.resolve("helm-" + version(sources) + "-for-1." + KUBERNETES_MINOR);
            if (!Files.isExecutable(program)) {
                Files.createDirectories(cache);
                Path part = Files.createTempFile(cache, "building-", "");
                build(sources, part, progress);
                Files.move(part, program, StandardCopyOption.ATOMIC_MOVE);
            }
            return new Helm(program, cache);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep Helm in " + cache, e);
        }
    }

    private static String version(Path sources) throws IOException {
        Matcher required = VERSION.matcher(Files.readString(sources.resolve("go.mod")));
        if (!required.find()) {
            throw new ClusterException(sources.resolve("go.mod") + " requires no helm.sh/helm/v3");
        }
        return required.group(1);
    }

    private static void build(Path sources, Path into, Progress progress) {
        String symbol = " -X helm.sh/helm/v3/pkg/chartutil.k8sVersion";
        List<String> argv = List.of(
                "nice",
                "-n",
                "5",
                "go",
                "build",
                "-trimpath",
                "-buildvcs=false",
                "-ldflags",
                "-s -w" + symbol + "Major=1" + symbol + "Minor=" + KUBERNETES_MINOR,
                "-o",
                into.toString(),
                "helm.sh/helm/v3/cmd/helm");
        String step = "build Helm from its Go module (once)";
        Command command = new Command("building Helm", argv, sources, Map.of("CGO_ENABLED", "0"));
        progress.step(step, () -> command.run(line -> {}, () -> progress.fraction(step, OptionalDouble.empty())));
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
