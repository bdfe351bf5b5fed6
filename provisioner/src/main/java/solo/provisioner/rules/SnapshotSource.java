package solo.provisioner.rules;

import java.util.Set;
import solo.csi.model.ContentSource;
import solo.kube.model.ObjectKey;
import solo.kube.model.Quantity;
import solo.kube.model.VolumeSnapshot;
import solo.kube.model.VolumeSnapshotContent;
import solo.provisioner.model.Feature;
import solo.provisioner.model.ProvisionerNames;
import solo.provisioner.model.ProvisioningEffect.ReadContent;
import solo.provisioner.model.ProvisioningEffect.ReadSnapshot;
import solo.provisioner.model.ProvisioningView;
import solo.provisioner.model.Unprepared.SourceNotUsable;

/** Whether a snapshot can be restored into the claim, and what the driver calls it. The order is Go's. */
final class SnapshotSource {

    /** What Go's ParseBool takes for true. */
    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");

    private SnapshotSource() {}

    static Finding<ContentSource> of(ProvisioningView view, ObjectKey key) {
        return ReadFact.of(
                view.facts().snapshot(),
                new ReadSnapshot(key),
                "VolumeSnapshot " + key,
                unusable(key, "it does not exist"),
                snapshot -> bound(view, snapshot));
    }

    private static Finding<ContentSource> bound(ProvisioningView view, VolumeSnapshot snapshot) {
        ObjectKey key = snapshot.key();
        // With our finalizer the restore had begun before the deletion, and is carried on.
        if (snapshot.meta().deleting() && !snapshot.meta().hasFinalizer(ProvisionerNames.SNAPSHOT_FINALIZER)) {
            return Finding.refused(unusable(key, "it is being deleted"));
        }
        VolumeSnapshot.Status status = snapshot.status();
        if (status == null || status.boundContentName() == null) {
            return Finding.refused(unusable(key, "it is not bound to a VolumeSnapshotContent yet"));
        }
        return ReadFact.of(
                view.facts().content(),
                new ReadContent(status.boundContentName()),
                "VolumeSnapshotContent " + status.boundContentName(),
                unusable(key, "its VolumeSnapshotContent " + status.boundContentName() + " does not exist"),
                content -> matching(view, snapshot, status, content));
    }

    private static Finding<ContentSource> matching(
            ProvisioningView view,
            VolumeSnapshot snapshot,
            VolumeSnapshot.Status status,
            VolumeSnapshotContent content) {
        ObjectKey key = snapshot.key();
        if (!content.snapshotUid().equals(snapshot.uid()) || !key.equals(content.snapshot())) {
            return Finding.refused(
                    unusable(key, "VolumeSnapshotContent " + content.key() + " belongs to another VolumeSnapshot"));
        }
        if (!content.driver().equals(view.options().driver())) {
            return Finding.refused(unusable(key, "it was taken by driver " + content.driver()));
        }
        if (!Boolean.TRUE.equals(status.readyToUse())) {
            return Finding.refused(unusable(key, "it is not ready to use"));
        }
        String handle = content.snapshotHandle();
        if (handle == null) {
            return Finding.refused(unusable(key, "VolumeSnapshotContent " + content.key() + " has no snapshot handle"));
        }
        Quantity size = status.restoreSize();
        Quantity wanted = view.claim().spec().storage();
        if (size != null && (wanted == null || wanted.compareTo(size) < 0)) {
            return Finding.refused(unusable(
                    key, "the claim asks for " + wanted + ", less than the snapshot's restore size of " + size));
        }
        return modeMayChange(view, content)
                ? Finding.found(new ContentSource.FromSnapshot(handle))
                : Finding.refused(unusable(
                        key,
                        "it was taken of a volume with another volumeMode, and VolumeSnapshotContent " + content.key()
                                + " has no annotation " + ProvisionerNames.ALLOW_MODE_CHANGE + ": \"true\""));
    }

    /** Only a mode that is spelled out on both sides can differ. */
    private static boolean modeMayChange(ProvisioningView view, VolumeSnapshotContent content) {
        String wanted = view.claim().spec().volumeMode();
        String source = content.sourceVolumeMode();
        String allowed = content.meta().annotation(ProvisionerNames.ALLOW_MODE_CHANGE);
        return !view.options().has(Feature.PREVENT_VOLUME_MODE_CONVERSION)
                || wanted == null
                || source == null
                || wanted.equals(source)
                || (allowed != null && TRUE.contains(allowed));
    }

    private static SourceNotUsable unusable(ObjectKey snapshot, String why) {
        return new SourceNotUsable("VolumeSnapshot " + snapshot, why);
    }
}
