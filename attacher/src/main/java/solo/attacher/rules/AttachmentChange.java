package solo.attacher.rules;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import solo.kube.model.CsiNode;
import solo.kube.model.ObjectMeta;
import solo.kube.model.PersistentVolume;
import solo.kube.model.VolumeAttachment;

/** Which changes are worth another look at an attachment? Not our own notes of errors: they would end the backoff. */
public final class AttachmentChange {
    private AttachmentChange() {}

    /** True for a new attachment, and for one that changed in anything but its errors and its version. */
    public static boolean matters(@Nullable VolumeAttachment before, VolumeAttachment after) {
        return before == null || !withoutErrors(before).equals(withoutErrors(after));
    }

    /** True when the volume of an attachment appeared, went, or is no longer sure to stay. */
    public static boolean matters(
            @Nullable PersistentVolume before, @Nullable PersistentVolume after, String finalizer) {
        if (before == null || after == null) {
            return (before == null) != (after == null);
        }
        return !after.uid().equals(before.uid())
                || (after.meta().deleting() && !before.meta().deleting())
                || (before.meta().hasFinalizer(finalizer) && !after.meta().hasFinalizer(finalizer));
    }

    /** True when the driver registered on the node, or under another node id. */
    public static boolean matters(@Nullable CsiNode before, @Nullable CsiNode after, String driver) {
        CsiNode.Registration now = after == null ? null : after.driver(driver);
        CsiNode.Registration then = before == null ? null : before.driver(driver);
        return now != null && !Objects.equals(now.nodeId(), then == null ? null : then.nodeId());
    }

    private static VolumeAttachment withoutErrors(VolumeAttachment attachment) {
        ObjectMeta meta = attachment.meta();
        VolumeAttachment.Status status = attachment.status();
        return new VolumeAttachment(
                new ObjectMeta(
                        meta.key(),
                        meta.uid(),
                        "",
                        meta.created(),
                        meta.deleted(),
                        meta.finalizers(),
                        meta.annotations(),
                        Map.of()),
                attachment.attacher(),
                attachment.nodeName(),
                attachment.volumeName(),
                attachment.inline(),
                new VolumeAttachment.Status(status.attached(), status.attachmentMetadata(), null, null));
    }
}
