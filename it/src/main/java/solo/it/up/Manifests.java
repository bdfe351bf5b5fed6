package solo.it.up;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The manifests of charts/manifests, applied as an administrator would, in the order of their names. */
public final class Manifests {

    private final Path folder;

    public Manifests(Path checkout) {
        this.folder = checkout.resolve("charts/manifests");
    }

    /** Server-side apply, so that a second time changes nothing. */
    public void apply(KubernetesClient client) {
        for (Path file : files()) {
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

    private List<Path> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
