package solo.it.bench;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import solo.it.bench.Burst.Call;

/** Many VolumeSnapshots of one claim at once, and all of them deleted at once. */
final class SnapshottingBench {

    private static final String READY = "\"readyToUse\":true";
    private static final String DELETED = "{\"type\":\"DELETED\"";

    private final KubernetesClient client;
    private final Consumer<String> say;

    SnapshottingBench(KubernetesClient client, Consumer<String> say) {
        this.client = client;
        this.say = say;
    }

    void run(int count) throws InterruptedException {
        try (BenchVolumes source = BenchVolumes.make(client, 1)) {
            String snapshots = source.claims()
                    .replaceFirst("^/api/v1", "/apis/snapshot.storage.k8s.io/v1")
                    .replaceFirst("persistentvolumeclaims$", "volumesnapshots");
            RequestCounters before = RequestCounters.read(client);
            try (var ready = new Milestone(client, snapshots, count, line -> line.contains(READY))) {
                long start = System.nanoTime();
                Burst.send(
                        client,
                        IntStream.range(0, count)
                                .mapToObj(i -> Call.create(snapshots, snapshot(i)))
                                .toList());
                say.accept(Burst.rate("snapshots created", count, start, System.nanoTime()));
                say.accept(Burst.rate("snapshots ready", count, start, ready.await()));
            }
            say.accept("API requests per snapshot (everybody's, this command's too):");
            before.sayWhatFollowed(client, count, say);
            RequestCounters between = RequestCounters.read(client);
            try (var gone = new Milestone(client, snapshots, count, line -> line.startsWith(DELETED))) {
                long start = System.nanoTime();
                Burst.send(
                        client,
                        IntStream.range(0, count)
                                .mapToObj(i -> Call.delete(snapshots + "/snap-" + i))
                                .toList());
                say.accept(Burst.rate("snapshots gone", count, start, gone.await()));
            }
            say.accept("API requests per deletion:");
            between.sayWhatFollowed(client, count, say);
        }
    }

    private static String snapshot(int i) {
        return """
                {"apiVersion": "snapshot.storage.k8s.io/v1", "kind": "VolumeSnapshot", "metadata": {"name": "snap-%d"},
                 "spec": {"volumeSnapshotClassName": "solo-local", "source": {"persistentVolumeClaimName": "claim-0"}}}""".formatted(i);
    }
}
