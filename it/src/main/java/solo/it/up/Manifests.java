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
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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

    /**
     * Server-side apply, so that a second time changes nothing. A CRD that is there already and serves what ours does is
     * somebody else's and is left alone.
     */
    public void apply(KubernetesClient client) {
        for (HasMetadata object : objects(client, crds)) {
            if (object instanceof CustomResourceDefinition ours
                    && !servesAll(client.resource(ours).get(), ours)) {
                apply(client, ours);
                client.resource(ours)
                        .waitUntilCondition(crd -> servesAll(crd, ours), CRDS_SERVED_SECONDS, TimeUnit.SECONDS);
            }
        }
        objects(client, folder).forEach(object -> apply(client, object));
    }

    private static boolean servesAll(@Nullable CustomResourceDefinition there, CustomResourceDefinition ours) {
        return there != null && served(there) && versions(there).containsAll(versions(ours));
    }

    private static Set<String> versions(CustomResourceDefinition crd) {
        return crd.getSpec().getVersions().stream()
                .filter(version -> version.getServed())
                .map(version -> version.getName())
                .collect(Collectors.toSet());
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
