package solo.it.up;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The CRDs of charts/crds and the manifests of charts/manifests, applied as an administrator would. */
public final class Manifests {
    private static final int CRDS_SERVED_SECONDS = 60;

    private final Path crds;
    private final Path folder;

    public Manifests(Path checkout) {
        this.crds = checkout.resolve("charts/crds");
        this.folder = checkout.resolve("charts/manifests");
    }

    /** Server-side apply, so that a second time changes nothing. */
    public void apply(KubernetesClient client) {
        apply(client, crds);
        client.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                .filter(crd -> crd.getSpec().getGroup().equals("snapshot.storage.k8s.io"))
                .forEach(crd -> client.resource(crd)
                        .waitUntilCondition(Manifests::served, CRDS_SERVED_SECONDS, TimeUnit.SECONDS));
        apply(client, folder);
    }

    private static boolean served(@Nullable CustomResourceDefinition crd) {
        return crd != null
                && crd.getStatus() != null
                && crd.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }

    private static void apply(KubernetesClient client, Path folder) {
        for (Path file : files(folder)) {
            try (var yaml = Files.newInputStream(file)) {
                for (HasMetadata object : client.load(yaml).items()) {
                    client.resource(object)
                            .fieldManager("solo-up")
                            .forceConflicts()
                            .serverSideApply();
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
