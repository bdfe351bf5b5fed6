package solo.snapshotter.rules;

import org.jspecify.annotations.Nullable;
import solo.kube.model.Actor;
import solo.kube.model.CsiSource;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.snapshotter.model.SnapshotNames;
import solo.snapshotter.model.SnapshotView;

/** Which volume of which driver is behind a snapshot's claim? */
final class VolumeToSnapshot {

    /** The driver's volume, or why there is none; {@code code} says it in one word. */
    sealed interface Volume {
        record Found(CsiSource csi, PersistentVolume volume) implements Volume {}

        record Refused(String code, String why, Actor actor) implements Volume {}
    }

    private VolumeToSnapshot() {}

    static Volume of(SnapshotView view) {
        PersistentVolumeClaim claim = view.claim();
        String name = String.valueOf(view.snapshot().source().claimName());
        if (claim == null) {
            return new Volume.Refused(
                    "ClaimMissing",
                    "snapshot controller failed to update " + name + " on API server: cannot get claim from snapshot",
                    Actor.USER);
        }
        if (claim.meta().deleting() && !claim.meta().hasFinalizer(SnapshotNames.CLAIM_AS_SOURCE)) {
            return new Volume.Refused(
                    "ClaimDeleting",
                    "snapshot controller failed to update " + name
                            + " on API server: cannot add finalizer on claim because it is being deleted",
                    Actor.USER);
        }
        if (!claim.status().phase().equals("Bound") || claim.spec().volumeName() == null) {
            return new Volume.Refused(
                    "ClaimNotBound",
                    "the PVC " + name + " is not yet bound to a PV, will not attempt to take a snapshot",
                    Actor.USER);
        }
        return ofBound(claim, view.volume());
    }

    /** The CSI volume of a claim that is bound. */
    static Volume ofBound(PersistentVolumeClaim claim, @Nullable PersistentVolume volume) {
        if (volume == null) {
            return new Volume.Refused(
                    "VolumeMissing",
                    "failed to retrieve PV " + claim.spec().volumeName() + " from the API server: not found",
                    Actor.KUBERNETES);
        }
        PersistentVolume.ClaimRef owner = volume.claimRef();
        if (owner == null
                || !owner.key().equals(claim.key())
                || !(owner.uid().isEmpty() || owner.uid().equals(claim.uid()))) {
            return new Volume.Refused("VolumeOfAnother", "claim in dataSource not bound or invalid", Actor.KUBERNETES);
        }
        return volume.csi() == null
                ? new Volume.Refused(
                        "VolumeNotCsi",
                        "cannot find CSI PersistentVolumeSource for volume "
                                + volume.key().name(),
                        Actor.USER)
                : new Volume.Found(volume.csi(), volume);
    }
}
