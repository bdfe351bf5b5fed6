package solo.kube.fabric8;

import io.fabric8.kubernetes.client.Config;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the address and the credentials of the API server come from: {@code --kubeconfig}, KUBECONFIG, the pod's service
 * account, {@code ~/.kube/config}, in this order.
 *
 * @param origin how a person would name the place, for messages
 */
record Kubeconfig(Config config, String origin) {

    private static final Path TOKEN = Path.of(Config.KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH);

    static Kubeconfig find(@Nullable Path flag, Map<String, String> environment, Path home) throws ConnectionProblem {
        if (flag != null) {
            return read(flag, "--kubeconfig " + flag);
        }
        String variable = environment.getOrDefault("KUBECONFIG", "");
        if (!variable.isBlank()) {
            return fromVariable(variable);
        }
        if (environment.containsKey("KUBERNETES_SERVICE_HOST") && Files.isReadable(TOKEN)) {
            return new Kubeconfig(Config.autoConfigure(null), "the pod's service account");
        }
        Path usual = home.resolve(".kube").resolve("config");
        if (Files.exists(usual)) {
            return read(usual, usual.toString());
        }
        throw new ConnectionProblem("no Kubernetes cluster is named: give --kubeconfig, set KUBECONFIG, "
                + "or run in a pod with a service account (" + usual + " does not exist either)");
    }

    private static Kubeconfig fromVariable(String variable) throws ConnectionProblem {
        List<Path> files = Arrays.stream(variable.split(File.pathSeparator, -1))
                .filter(one -> !one.isBlank())
                .map(Path::of)
                .toList();
        if (files.size() == 1) {
            return read(files.getFirst(), "KUBECONFIG=" + variable);
        }
        if (files.stream().noneMatch(Files::exists)) {
            throw new ConnectionProblem("none of the files in KUBECONFIG=" + variable + " exists");
        }
        // Several files are merged, which only fabric8's own look at the environment does.
        return checked(Config.autoConfigure(null), "KUBECONFIG=" + variable);
    }

    private static Kubeconfig read(Path file, String origin) throws ConnectionProblem {
        if (!Files.exists(file)) {
            throw new ConnectionProblem("the kubeconfig file does not exist: " + origin);
        }
        if (Files.isDirectory(file) || !Files.isReadable(file)) {
            throw new ConnectionProblem("the kubeconfig file cannot be read: " + origin);
        }
        try {
            return checked(Config.fromKubeconfig(file.toFile()), origin);
        } catch (RuntimeException e) {
            throw new ConnectionProblem("the kubeconfig file is not valid: " + origin + ": " + firstLine(e), e);
        }
    }

    private static Kubeconfig checked(Config config, String origin) throws ConnectionProblem {
        if (config.getCurrentContext() == null) {
            throw new ConnectionProblem("the kubeconfig has no current-context that names a cluster: " + origin);
        }
        return new Kubeconfig(config, origin);
    }

    private static String firstLine(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage());
        return message.lines().findFirst().orElse(message);
    }
}
