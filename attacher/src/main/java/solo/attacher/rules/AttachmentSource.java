package solo.attacher.rules;

import org.jspecify.annotations.Nullable;
import solo.attacher.model.AttachView;
import solo.attacher.model.AttachmentReason.SourceMalformed;
import solo.attacher.model.AttachmentReason.VolumeMissing;
import solo.attacher.model.AttachmentReason.VolumeNotCsi;
import solo.attacher.model.Finding;
import solo.kube.model.CsiSource;
import solo.kube.model.PersistentVolume;
import solo.kube.model.VolumeAttachment;
import solo.kube.model.VolumeSpec;

/** Which volume does an attachment mean? spec.source holds a PersistentVolume's name or a whole spec, never both. */
public final class AttachmentSource {
    private AttachmentSource() {}

    /** The spec of the volume, from wherever it is; its {@code csi} is never null. */
    public static Finding<VolumeSpec> spec(AttachView view) {
        SourceMalformed malformed = malformed(view.attachment());
        if (malformed != null) {
            return Finding.refused(malformed);
        }
        VolumeSpec inline = view.attachment().inline();
        if (inline != null) {
            return Finding.found(inline);
        }
        PersistentVolume volume = view.volume();
        if (volume == null) {
            return Finding.refused(new VolumeMissing(volumeName(view)));
        }
        return volume.csi() == null ? Finding.refused(new VolumeNotCsi()) : Finding.found(volume.volume());
    }

    /** Null if spec.source can be understood. */
    static @Nullable SourceMalformed malformed(VolumeAttachment attachment) {
        VolumeSpec inline = attachment.inline();
        if (attachment.volumeName() != null) {
            return inline == null
                    ? null
                    : new SourceMalformed("both InlineCSIVolumeSource and PersistentVolumeName specified in VA source");
        }
        if (inline == null) {
            return new SourceMalformed("neither InlineCSIVolumeSource nor PersistentVolumeName specified in VA source");
        }
        return inline.csi() == null ? new SourceMalformed("inline volume spec contains nil CSI source") : null;
    }

    /** The CSI source, or null where {@link #spec} would refuse. */
    static @Nullable CsiSource csi(AttachView view) {
        return spec(view) instanceof Finding.Found<VolumeSpec>(VolumeSpec spec) ? spec.csi() : null;
    }

    static String volumeName(AttachView view) {
        String name = view.attachment().volumeName();
        return name == null ? "" : name;
    }
}
