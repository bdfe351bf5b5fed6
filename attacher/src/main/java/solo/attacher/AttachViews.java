package solo.attacher;

import org.jspecify.annotations.Nullable;
import solo.attacher.model.Answers;
import solo.attacher.model.AttachView;
import solo.kube.Cluster;
import solo.kube.Kinds;
import solo.kube.Store;
import solo.kube.model.CsiNode;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolume;
import solo.kube.model.VolumeAttachment;

/** Puts together what a decision about an attachment looks at, from the caches. */
final class AttachViews {
    private final Store<VolumeAttachment> attachments;
    private final Store<PersistentVolume> volumes;
    private final Store<CsiNode> nodes;
    private final Disputes disputes;
    private final String driver;

    AttachViews(Cluster cluster, Disputes disputes, String driver) {
        this.attachments = cluster.store(Kinds.ATTACHMENT);
        this.volumes = cluster.store(Kinds.VOLUME);
        this.nodes = cluster.store(Kinds.CSI_NODE);
        this.disputes = disputes;
        this.driver = driver;
    }

    /** Null if there is no such attachment, or it is another driver's. */
    @Nullable
    AttachView of(ObjectKey key) {
        VolumeAttachment attachment = attachments.get(key);
        return attachment == null || !attachment.attacher().equals(driver) ? null : of(attachment);
    }

    AttachView of(VolumeAttachment attachment) {
        String volume = attachment.volumeName();
        return new AttachView(
                attachment,
                volume == null ? null : volumes.get(ObjectKey.cluster(volume)),
                nodes.get(ObjectKey.cluster(attachment.nodeName())),
                disputes.standing(attachment),
                Answers.NONE);
    }
}
