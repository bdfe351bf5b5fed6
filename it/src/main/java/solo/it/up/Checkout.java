package solo.it.up;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the sources are, and an administrator's client for the cluster that was started from them. */
public final class Checkout {

    private Checkout() {}

    /** The folder with the {@code solo} launcher in it. */
    public static Path folder() {
        String home = System.getProperty("solo.home");
        Path folder = home != null ? Path.of(home) : Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("solo"))) {
            Path above = folder.getParent();
            if (above == null) {
                throw new IllegalStateException("not inside a checkout of Solo; run ./solo from there");
            }
            folder = above;
        }
        return folder;
    }

    /** A client with the rights of the kubeconfig. */
    public static KubernetesClient client(Path kubeconfig) {
        Config config = Config.fromKubeconfig(kubeconfig.toFile());
        config.setOnlyHttpWatches(true);
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
    }
}
