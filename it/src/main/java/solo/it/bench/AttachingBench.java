package solo.it.bench;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.function.Consumer;
import solo.it.bench.Burst.Call;

/** Many VolumeAttachments at once, made and deleted as the controller-manager does it, without pods. */
final class AttachingBench {

    private static final String ATTACHMENTS = "/apis/storage.k8s.io/v1/volumeattachments";
    private static final String ATTACHED = "\"attached\":true";
    private static final String DELETED = "{\"type\":\"DELETED\"";

    private final KubernetesClient client;
    private final String node;
    private final Consumer<String> say;

    AttachingBench(KubernetesClient client, String node, Consumer<String> say) {
        this.client = client;
        this.node = node;
        this.say = say;
    }

    void run(int count) throws InterruptedException {
        try (BenchVolumes made = BenchVolumes.make(client, count)) {
            List<Call> attachments = made.volumes().stream()
                    .map(volume -> Call.create(ATTACHMENTS, attachment(volume)))
                    .toList();
            RequestCounters before = RequestCounters.read(client);
            try (var attached = new Milestone(client, ATTACHMENTS, count, line -> line.contains(ATTACHED))) {
                long start = System.nanoTime();
                Burst.send(client, attachments);
                say.accept(Burst.rate("attachments created", count, start, System.nanoTime()));
                say.accept(Burst.rate("attached", count, start, attached.await()));
            }
            say.accept("API requests per attach (everybody's, this command's too):");
            before.sayWhatFollowed(client, count, say);
            RequestCounters between = RequestCounters.read(client);
            List<Call> deletions = made.volumes().stream()
                    .map(volume -> Call.delete(ATTACHMENTS + "/" + name(volume)))
                    .toList();
            try (var gone = new Milestone(client, ATTACHMENTS, count, line -> line.startsWith(DELETED))) {
                long start = System.nanoTime();
                Burst.send(client, deletions);
                say.accept(Burst.rate("detached", count, start, gone.await()));
            }
            say.accept("API requests per detach:");
            between.sayWhatFollowed(client, count, say);
        }
    }

    private String attachment(PersistentVolume volume) {
        return """
                {"apiVersion": "storage.k8s.io/v1", "kind": "VolumeAttachment", "metadata": {"name": "%s"},
                 "spec": {"attacher": "local.csi.solo", "nodeName": "%s", "source": {"persistentVolumeName": "%s"}}}""".formatted(name(volume), node, volume.getMetadata().getName());
    }

    private static String name(PersistentVolume volume) {
        return "bench-" + volume.getMetadata().getName();
    }
}
