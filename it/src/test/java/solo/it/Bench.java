package solo.it;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import solo.it.cluster.LocalCluster;

/** The cluster that all tests share, and what a test needs to work on it without meeting the others. */
record Bench(LocalCluster cluster, KubernetesClient client) implements AutoCloseable {

    private static final AtomicInteger NAMES = new AtomicInteger();

    /** A namespace of its own for one test. */
    Sandbox sandbox(String test) {
        String name = test + "-" + NAMES.incrementAndGet();
        Namespace namespace = new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .build();
        client.resource(namespace).create();
        return new Sandbox(this, name);
    }

    /** Waits until nothing of earlier tests goes away any more: what the controller-manager deletes counts as requests. */
    void awaitNobodyCleansUp() {
        await("namespaces on their way out")
                .atMost(Duration.ofMinutes(1))
                .until(() -> client.namespaces().list().getItems().stream()
                        .noneMatch(namespace ->
                                "Terminating".equals(namespace.getStatus().getPhase())));
    }

    /** An empty folder for the bundled driver. */
    static Path freshState() {
        try {
            return Files.createTempDirectory("solo-it-");
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    @Override
    public void close() {
        client.close();
        cluster.close();
    }
}
