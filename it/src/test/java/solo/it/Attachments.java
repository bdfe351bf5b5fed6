package solo.it;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.storage.VolumeAttachment;
import io.fabric8.kubernetes.api.model.storage.VolumeAttachmentBuilder;
import java.time.Duration;
import java.util.List;

/** VolumeAttachments without pods: made and deleted by a test, as the controller-manager does it for pods. */
final class Attachments {

    private final Bench bench;
    private final List<String> volumes;

    Attachments(Bench bench, List<String> volumes) {
        this.bench = bench;
        this.volumes = volumes;
    }

    void attach() {
        volumes.parallelStream()
                .forEach(volume -> bench.client()
                        .resource(new VolumeAttachmentBuilder()
                                .withNewMetadata()
                                .withName(nameOf(volume))
                                .endMetadata()
                                .withNewSpec()
                                .withAttacher("local.csi.solo")
                                .withNodeName(bench.cluster().nodeName())
                                .withNewSource()
                                .withPersistentVolumeName(volume)
                                .endSource()
                                .endSpec()
                                .build())
                        .create());
    }

    void detach() {
        volumes.parallelStream()
                .forEach(volume -> bench.client()
                        .storage()
                        .v1()
                        .volumeAttachments()
                        .withName(nameOf(volume))
                        .delete());
    }

    long attached() {
        return ours().stream()
                .filter(one -> one.getStatus() != null
                        && Boolean.TRUE.equals(one.getStatus().getAttached()))
                .count();
    }

    List<VolumeAttachment> ours() {
        return bench.client().storage().v1().volumeAttachments().list().getItems().stream()
                .filter(one -> one.getMetadata().getName().startsWith("it-"))
                .toList();
    }

    void awaitAttached() {
        await().atMost(Duration.ofMinutes(1)).until(() -> attached() == volumes.size());
    }

    void awaitGone() {
        await().atMost(Duration.ofMinutes(1)).until(() -> ours().isEmpty());
    }

    private static String nameOf(String volume) {
        return "it-" + volume;
    }
}
