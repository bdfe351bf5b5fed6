package solo.attacher.model;

import org.jspecify.annotations.Nullable;
import solo.kube.model.CsiNode;
import solo.kube.model.PersistentVolume;
import solo.kube.model.VolumeAttachment;

/**
 * Everything a decision about one attachment may look at.
 *
 * @param volume the PersistentVolume it names, null if it names none or there is none
 * @param node null if the node is not, or no longer, known
 * @param standing whether the driver's own list of published nodes contradicts the status
 * @param answers what this reconcile has learned so far
 */
public record AttachView(
        VolumeAttachment attachment,
        @Nullable PersistentVolume volume,
        @Nullable CsiNode node,
        Standing standing,
        Answers answers) {

    /** What the driver's ListVolumes says of the attachment's status. */
    public enum Standing {
        UNDISPUTED,
        /** Call the driver again although the status says that nothing is left to do. */
        DISPUTED
    }

    public AttachView with(VolumeAttachment newer) {
        return new AttachView(newer, volume, node, standing, answers);
    }

    public AttachView with(PersistentVolume newer) {
        return new AttachView(attachment, newer, node, standing, answers);
    }

    public AttachView with(Answers more) {
        return new AttachView(attachment, volume, node, standing, more);
    }
}
