package solo.it.bench;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.stream.IntStream;
import solo.it.bench.Burst.Call;

/** So many claims with their volumes, in a namespace that goes with them. */
final class BenchVolumes implements AutoCloseable {

    static final String VOLUMES = "/api/v1/persistentvolumes";
    private static final String BOUND = "\"phase\":\"Bound\"";
    private static final String DELETED = "{\"type\":\"DELETED\"";

    private final KubernetesClient client;
    private final int count;
    private final String namespace = "bench-" + Long.toString(System.currentTimeMillis(), 36);

    private BenchVolumes(KubernetesClient client, int count) {
        this.client = client;
        this.count = count;
    }

    /** Returns when all claims are bound. */
    static BenchVolumes make(KubernetesClient client, int count) throws InterruptedException {
        BenchVolumes made = new BenchVolumes(client, count);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(made.namespace)
                        .endMetadata()
                        .build())
                .create();
        try (var bound = new Milestone(client, made.claims(), count, line -> line.contains(BOUND))) {
            Burst.send(
                    client,
                    IntStream.range(0, count)
                            .mapToObj(i -> Call.create(made.claims(), claim(i)))
                            .toList());
            var _ = bound.await();
        }
        return made;
    }

    /** Where the claims are listed; theirs are {@code claim-0} and so on. */
    String claims() {
        return "/api/v1/namespaces/" + namespace + "/persistentvolumeclaims";
    }

    List<PersistentVolume> volumes() {
        return client.persistentVolumes().list().getItems().stream()
                .filter(volume -> volume.getSpec().getClaimRef().getNamespace().equals(namespace))
                .toList();
    }

    private static String claim(int i) {
        return """
                {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "claim-%d"},
                 "spec": {"storageClassName": "solo-local-immediate", "accessModes": ["ReadWriteOnce"],
                          "resources": {"requests": {"storage": "1Mi"}}}}""".formatted(i);
    }

    @Override
    public void close() {
        try (var gone = new Milestone(client, VOLUMES, count, line -> line.startsWith(DELETED))) {
            client.persistentVolumeClaims().inNamespace(namespace).delete();
            var _ = gone.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        client.namespaces().withName(namespace).delete();
    }
}
