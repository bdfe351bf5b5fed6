package solo.provisioner.rules;

import org.jspecify.annotations.Nullable;
import solo.csi.model.ContentSource;
import solo.kube.model.CsiSource;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Quantity;
import solo.provisioner.model.ProvisioningView;
import solo.provisioner.model.Unprepared.SourceNotUsable;

/** Whether a claim can be cloned into another, and what the driver calls its volume. The order is Go's. */
final class CloneSource {
    private CloneSource() {}

    static Finding<ContentSource> of(ProvisioningView view, ObjectKey key) {
        PersistentVolumeClaim source = view.sources().claim();
        if (source == null) {
            return refused(key, "it does not exist");
        }
        String why = unusable(source, view);
        return why == null ? ofVolume(view, source) : refused(key, why);
    }

    private static @Nullable String unusable(PersistentVolumeClaim source, ProvisioningView view) {
        PersistentVolumeClaim target = view.claim();
        if (!source.status().phase().equals("Bound")) {
            return "it is not bound";
        }
        // A clone that may be under way is carried on: the source waits for it, and would wait for ever.
        if (source.meta().deleting() && view.history().inBackground() == null) {
            return "it is being deleted";
        }
        if (source.spec().storageClassName() == null || target.spec().storageClassName() == null) {
            return "both claims must name a StorageClass";
        }
        Quantity has = source.spec().storage();
        Quantity wants = target.spec().storage();
        if (has != null && (wants == null || wants.compareTo(has) < 0)) {
            return "the claim asks for " + wants + ", less than the source's " + has;
        }
        if (source.spec().volumeName() == null) {
            return "it has no volume";
        }
        return null;
    }

    private static Finding<ContentSource> ofVolume(ProvisioningView view, PersistentVolumeClaim source) {
        ObjectKey key = source.key();
        PersistentVolume volume = view.sources().volume();
        if (volume == null) {
            return refused(key, "its PersistentVolume " + source.spec().volumeName() + " does not exist");
        }
        CsiSource csi = volume.csi();
        if (csi == null) {
            return refused(key, "its PersistentVolume is not a CSI volume");
        }
        if (!csi.driver().equals(view.options().driver())) {
            return refused(key, "its volume is of driver " + csi.driver());
        }
        PersistentVolume.ClaimRef ref = volume.claimRef();
        if (ref == null || !ref.key().equals(key) || !ref.uid().equals(source.uid())) {
            return refused(key, "its PersistentVolume is bound to something else");
        }
        if (!volume.phase().equals("Bound")) {
            return refused(key, "its PersistentVolume is " + volume.phase() + ", not Bound");
        }
        if (source.block() != view.claim().block()) {
            return refused(key, "its volumeMode is another one");
        }
        return Finding.found(new ContentSource.FromVolume(csi.volumeHandle()));
    }

    private static Finding<ContentSource> refused(ObjectKey key, String why) {
        return Finding.refused(new SourceNotUsable("claim " + key, why));
    }
}
