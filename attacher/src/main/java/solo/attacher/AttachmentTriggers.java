package solo.attacher;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import solo.attacher.model.AttachingDriver;
import solo.attacher.rules.AttachmentChange;
import solo.attacher.rules.VolumeFinalizer;
import solo.kube.Change;
import solo.kube.Cluster;
import solo.kube.Kinds;
import solo.kube.Store;
import solo.kube.Trigger;
import solo.kube.model.CsiNode;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolume;
import solo.kube.model.VolumeAttachment;

/** Which changes make which controller of the attacher look at which key. */
final class AttachmentTriggers {
    private final AttachingDriver driver;
    private final Store<VolumeAttachment> store;

    AttachmentTriggers(AttachingDriver driver, Cluster cluster) {
        this.driver = driver;
        this.store = cluster.store(Kinds.ATTACHMENT);
    }

    List<Trigger<?>> attachments() {
        return List.of(
                new Trigger<>(Kinds.ATTACHMENT, this::changed),
                new Trigger<>(Kinds.VOLUME, this::ofVolume),
                new Trigger<>(Kinds.CSI_NODE, this::ofNode));
    }

    List<Trigger<?>> trivial() {
        return List.of(new Trigger<>(Kinds.ATTACHMENT, this::changed));
    }

    /** The first attachment starts the round; after that it keeps its own time. */
    List<Trigger<?>> publishedNodes() {
        return List.of(new Trigger<>(
                Kinds.ATTACHMENT,
                change -> change.before() == null ? List.of(PublishedNodesReconciler.KEY) : List.of()));
    }

    List<Trigger<?>> volumes() {
        return List.of(
                new Trigger<>(Kinds.VOLUME, change -> {
                    PersistentVolume volume = change.after();
                    return volume != null && VolumeFinalizer.concerns(volume, driver.finalizer())
                            ? List.of(volume.key())
                            : List.of();
                }),
                new Trigger<>(Kinds.ATTACHMENT, AttachmentTriggers::volumeOfLost));
    }

    private Collection<ObjectKey> changed(Change<VolumeAttachment> change) {
        VolumeAttachment after = change.after();
        return after != null && ours(after) && AttachmentChange.matters(change.before(), after)
                ? List.of(after.key())
                : List.of();
    }

    private Collection<ObjectKey> ofVolume(Change<PersistentVolume> change) {
        if (!AttachmentChange.matters(change.before(), change.after(), driver.finalizer())) {
            return List.of();
        }
        PersistentVolume volume = Objects.requireNonNullElse(change.after(), change.before());
        return keys(store.byIndex(Kinds.ATTACHMENT_BY_VOLUME, volume.key().name()).stream());
    }

    private Collection<ObjectKey> ofNode(Change<CsiNode> change) {
        CsiNode node = change.after();
        return node == null || !AttachmentChange.matters(change.before(), node, driver.name())
                ? List.of()
                : keys(store.byIndex(Kinds.ATTACHMENT_BY_NODE, node.key().name()).stream()
                        .filter(attachment -> !attachment.status().attached()));
    }

    private Collection<ObjectKey> keys(Stream<VolumeAttachment> attachments) {
        return attachments.filter(this::ours).map(VolumeAttachment::key).toList();
    }

    private boolean ours(VolumeAttachment attachment) {
        return attachment.attacher().equals(driver.name());
    }

    // Of any attacher: the finalizer waits for all of them.
    private static Collection<ObjectKey> volumeOfLost(Change<VolumeAttachment> change) {
        @Nullable VolumeAttachment gone = change.after() == null ? change.before() : null;
        return gone == null || gone.volumeName() == null
                ? List.of()
                : List.of(ObjectKey.cluster(Objects.requireNonNull(gone.volumeName())));
    }
}
