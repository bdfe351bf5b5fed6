package solo.it.bench;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Many claims at once. What is ours and what is the controller-manager's, told apart: it names the provisioner on each
 * claim, before which none may act; claim → PV written is ours; claim → Bound waits for it once more.
 */
final class ProvisioningBench {

    private static final String STORAGE_CLASS = "solo-local-immediate";
    private static final String VOLUMES = "/api/v1/persistentvolumes";
    private static final String BOUND = "\"phase\":\"Bound\"";
    private static final String PROVISIONER = "\"volume.kubernetes.io/storage-provisioner\"";
    private static final String DELETED = "{\"type\":\"DELETED\"";

    private final KubernetesClient client;
    private final int claims;
    private final Consumer<String> say;
    private final String namespace = "bench-" + Long.toString(System.currentTimeMillis(), 36);

    ProvisioningBench(KubernetesClient client, int claims, Consumer<String> say) {
        this.client = client;
        this.claims = claims;
        this.say = say;
    }

    void run() throws InterruptedException {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        RequestCounters before = RequestCounters.read(client);
        try (var named = new Milestone(client, claimsPath(), claims, line -> line.contains(PROVISIONER));
                var written = new Milestone(client, VOLUMES, claims, line -> true);
                var bound = new Milestone(client, claimsPath(), claims, line -> line.contains(BOUND))) {
            long start = System.nanoTime();
            createClaims();
            say.accept(rate("claims created", start, System.nanoTime()));
            say.accept(rate("provisioner named (the controller-manager's)", start, named.await()));
            say.accept(rate("PVs written (ours)", start, written.await()));
            say.accept(rate("claims Bound (ours and the controller-manager's)", start, bound.await()));
        }
        say.accept("API requests per claim, by the API server's own count (everybody's, this command's too):");
        before.sayWhatFollowed(client, claims, say);
        delete();
    }

    private void createClaims() {
        Burst.send(
                client,
                IntStream.range(0, claims)
                        .mapToObj(i -> Burst.Call.create(claimsPath(), claim("claim-" + i)))
                        .toList());
    }

    private void delete() throws InterruptedException {
        try (var gone = new Milestone(client, VOLUMES, claims, line -> line.startsWith(DELETED))) {
            long start = System.nanoTime();
            Burst.send(
                    client,
                    IntStream.range(0, claims)
                            .mapToObj(i -> Burst.Call.delete(claimsPath() + "/claim-" + i))
                            .toList());
            say.accept(rate("volumes deleted", start, gone.await()));
        }
        client.namespaces().withName(namespace).delete();
    }

    private String claimsPath() {
        return "/api/v1/namespaces/" + namespace + "/persistentvolumeclaims";
    }

    private String rate(String what, long start, long end) {
        return Burst.rate(what, claims, start, end);
    }

    private String claim(String name) {
        return """
                {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "%s"},
                 "spec": {"storageClassName": "%s", "accessModes": ["ReadWriteOnce"],
                          "resources": {"requests": {"storage": "1Mi"}}}}""".formatted(name, STORAGE_CLASS);
    }
}
