package solo.attacher.kube;

import java.util.List;
import solo.kube.model.ObjectMeta;
import solo.kube.model.Patch;

/**
 * Our finalizer on PersistentVolumes. Guarded, so that a finalizer which the provisioner has just removed does not come
 * back (ext-provisioner #1217), and a volume of the same name made anew is left alone.
 */
public final class VolumePatches {
    private VolumePatches() {}

    public static Patch protect(String uid, List<String> seenFinalizers, String finalizer) {
        return Patch.addFinalizer(seenFinalizers, finalizer).ifUid(uid);
    }

    public static Patch release(ObjectMeta seen, String finalizer) {
        return Patch.removeFinalizers(seen.finalizers(), List.of(finalizer)).ifUid(seen.uid());
    }
}
