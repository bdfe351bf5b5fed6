package solo.attacher.rules;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solo.attacher.model.AttachedVolume;
import solo.attacher.model.AttachmentAnnotations;
import solo.kube.model.CsiSource;
import solo.kube.model.ObjectKey;
import solo.kube.model.VolumeAttachment;

/** What does an attachment itself remember of its volume? Written before the driver is asked to publish it. */
final class RememberedVolume {
    private RememberedVolume() {}

    /** Null where nothing is remembered (external-attacher marked it), or where the name disproves it. */
    static @Nullable AttachedVolume of(VolumeAttachment attachment) {
        String handle = attachment.meta().annotation(AttachmentAnnotations.VOLUME_HANDLE);
        if (handle == null || AttachmentName.disproves(attachment, handle)) {
            return null;
        }
        return new AttachedVolume(handle, secret(attachment.meta().annotation(AttachmentAnnotations.PUBLISH_SECRET)));
    }

    static AttachedVolume of(CsiSource csi) {
        return new AttachedVolume(csi.volumeHandle(), csi.controllerPublishSecret());
    }

    static Map<String, String> annotations(AttachedVolume volume) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put(AttachmentAnnotations.VOLUME_HANDLE, volume.handle());
        if (volume.secret() != null) {
            annotations.put(
                    AttachmentAnnotations.PUBLISH_SECRET, volume.secret().toString());
        }
        return annotations;
    }

    private static @Nullable ObjectKey secret(@Nullable String annotation) {
        int slash = annotation == null ? -1 : annotation.indexOf('/');
        return annotation == null || slash < 0
                ? null
                : new ObjectKey(annotation.substring(0, slash), annotation.substring(slash + 1));
    }
}
