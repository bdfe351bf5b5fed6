package solo.it;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import solo.it.up.Checkout;

/** What nodes that provision their own volumes may do. */
final class NodeRights {

    private NodeRights() {}

    /** Applies charts/manifests/node-deployment; answers a kubeconfig with these rights and no others. */
    static Path kubeconfig(Bench bench) {
        Path rights = Checkout.folder().resolve("charts/manifests/node-deployment/30-rbac.yaml");
        try (var yaml = Files.newInputStream(rights)) {
            for (HasMetadata object : bench.client().load(yaml).items()) {
                bench.client()
                        .resource(object)
                        .fieldManager("solo-it")
                        .forceConflicts()
                        .serverSideApply();
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return ServiceAccountKubeconfig.of(bench, "solo-node");
    }
}
