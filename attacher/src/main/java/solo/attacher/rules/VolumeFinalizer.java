package solo.attacher.rules;

import java.util.Collection;
import solo.kube.model.PersistentVolume;
import solo.kube.model.VolumeAttachment;

/** May our finalizer come off a PersistentVolume? Once it is being deleted and no attachment names it any more. */
public final class VolumeFinalizer {
    private VolumeFinalizer() {}

    /** Whether a change of this volume is worth a look. */
    public static boolean concerns(PersistentVolume volume, String finalizer) {
        return volume.meta().deleting() && volume.meta().hasFinalizer(finalizer);
    }

    /** {@code attachments} are those of this volume, of any attacher and in any state. */
    public static boolean mayGo(PersistentVolume volume, Collection<VolumeAttachment> attachments, String finalizer) {
        return concerns(volume, finalizer) && attachments.isEmpty();
    }
}
