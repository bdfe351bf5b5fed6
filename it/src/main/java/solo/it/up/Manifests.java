package solo.it.up;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import solo.it.cluster.ClusterException;

/** The CRDs of charts/crds and the manifests of charts/manifests, applied as an administrator would. */
public final class Manifests {
    private static final int CRDS_SERVED_SECONDS = 60;

    private final Path crds;
    private final Path folder;

    public Manifests(Path checkout) {
        this.crds = checkout.resolve("charts/crds");
        this.folder = checkout.resolve("charts/manifests");
    }

    /**
     * Server-side apply, so that a second time changes nothing. A CRD that is there already is somebody else's and is
     * left alone.
     *
     * @throws ClusterException when that one does not serve what Solo needs; nothing has been applied then
     */
    public void apply(KubernetesClient client) {
        List<CustomResourceDefinition> missing = new ArrayList<>();
        List<CustomResourceDefinition> all = new ArrayList<>();
        for (HasMetadata object : objects(client, crds)) {
            if (object instanceof CustomResourceDefinition ours) {
                all.add(ours);
                switch (CrdPlan.of(ours, client.resource(ours).get())) {
                    case CrdPlan.Make() -> missing.add(ours);
                    case CrdPlan.Leave() -> {}
                    case CrdPlan.Refuse(String sentence) -> throw new ClusterException(sentence);
                }
            }
        }
        missing.forEach(crd -> apply(client, crd));
        all.forEach(crd -> client.resource(crd)
                .waitUntilCondition(there -> there != null && served(there), CRDS_SERVED_SECONDS, TimeUnit.SECONDS));
        objects(client, folder).forEach(object -> apply(client, object));
    }

    /** One that was made a moment ago has no status, or one without conditions. */
    public static boolean served(CustomResourceDefinition crd) {
        return crd.getStatus() != null
                && crd.getStatus().getConditions() != null
                && crd.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True"));
    }

    private static void apply(KubernetesClient client, HasMetadata object) {
        client.resource(object).fieldManager("solo-up").forceConflicts().serverSideApply();
    }

    private static List<HasMetadata> objects(KubernetesClient client, Path folder) {
        List<HasMetadata> objects = new ArrayList<>();
        for (Path file : files(folder)) {
            try (var yaml = Files.newInputStream(file)) {
                objects.addAll(client.load(yaml).items());
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return objects;
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
