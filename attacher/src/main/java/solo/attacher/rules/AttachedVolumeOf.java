package solo.attacher.rules;

import org.jspecify.annotations.Nullable;
import solo.attacher.model.Answers.SearchAnswer;
import solo.attacher.model.AttachView;
import solo.attacher.model.AttachedVolume;
import solo.attacher.model.AttachingDriver;
import solo.attacher.model.AttachmentReason;
import solo.attacher.model.AttachmentReason.HandleUnknown;
import solo.attacher.model.AttachmentReason.VolumeMissing;
import solo.attacher.model.Finding;
import solo.csi.model.ControllerCapability;
import solo.kube.model.CsiSource;
import solo.kube.model.VolumeAttachment;
import solo.kube.model.VolumeSpec;

/**
 * Which volume has to be detached? The one its PersistentVolume names; without it (ext-attacher #235) only what can be
 * proven: what we noted before publishing, or a handle that hashes to the attachment's name. Never a guess: another
 * volume may be in use on that node.
 */
final class AttachedVolumeOf {
    private AttachedVolumeOf() {}

    /** Whether listing the driver's volumes could prove a handle that nothing else tells. */
    static boolean searchMayHelp(AttachView view, AttachingDriver driver) {
        return of(view) instanceof Finding.Refused<AttachedVolume>(HandleUnknown _)
                && view.answers().search() instanceof SearchAnswer.NotAsked
                && driver.can(ControllerCapability.LIST_VOLUMES);
    }

    static Finding<AttachedVolume> of(AttachView view) {
        VolumeAttachment attachment = view.attachment();
        AttachedVolume remembered = RememberedVolume.of(attachment);
        return switch (AttachmentSource.spec(view)) {
            case Finding.Found<VolumeSpec>(VolumeSpec spec) ->
                Finding.found(chosen(attachment, spec.csi(), remembered));
            case Finding.Refused<VolumeSpec>(VolumeMissing(String name)) -> {
                AttachedVolume lost = remembered != null ? remembered : proven(view, name);
                yield lost == null ? Finding.refused(new HandleUnknown(name)) : Finding.found(lost);
            }
            case Finding.Refused<VolumeSpec>(AttachmentReason reason) -> Finding.refused(reason);
        };
    }

    // The PersistentVolume may have been made anew with another handle; what was published counts.
    private static AttachedVolume chosen(
            VolumeAttachment attachment, @Nullable CsiSource csi, @Nullable AttachedVolume remembered) {
        if (csi == null) {
            throw new IllegalArgumentException("a spec without csi is no attachment source");
        }
        return remembered == null
                        || remembered.handle().equals(csi.volumeHandle())
                        || AttachmentName.proves(attachment, csi.volumeHandle())
                ? RememberedVolume.of(csi)
                : remembered;
    }

    // Many drivers use the PersistentVolume's name as handle; the hash tells whether this one does.
    private static @Nullable AttachedVolume proven(AttachView view, String name) {
        if (view.answers().search() instanceof SearchAnswer.Proven(String handle)) {
            return new AttachedVolume(handle, null);
        }
        return AttachmentName.proves(view.attachment(), name) ? new AttachedVolume(name, null) : null;
    }
}
