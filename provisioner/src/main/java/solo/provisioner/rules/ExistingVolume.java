package solo.provisioner.rules;

import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolume.ClaimRef;
import solo.kube.model.PersistentVolumeClaim;
import solo.provisioner.model.NotYet.VolumeGoing;
import solo.provisioner.model.NothingToDo.AlreadyProvisioned;
import solo.provisioner.model.ProvisioningView;
import solo.provisioner.model.ProvisioningView.Standing;
import solo.provisioner.model.Unprovisioned.NameTaken;

/**
 * Whether the claim has its PersistentVolume already. Unlike Go, which only looks for {@code pvc-<uid>}, this looks for
 * the real name and for the claim's uid, so that it also holds with another prefix and after a change of prefix.
 */
final class ExistingVolume {
    private ExistingVolume() {}

    static Finding<PersistentVolumeClaim> none(ProvisioningView view) {
        for (PersistentVolume volume : view.volumes()) {
            String name = volume.key().name();
            if (!isOf(volume, view.claim())) {
                return Finding.refused(new NameTaken(name, owner(volume)));
            }
            return going(volume) && view.standing() == Standing.PRESENT
                    ? Finding.refused(new VolumeGoing(name))
                    : Finding.refused(new AlreadyProvisioned(name));
        }
        return Finding.found(view.claim());
    }

    static boolean isOf(PersistentVolume volume, PersistentVolumeClaim claim) {
        ClaimRef ref = volume.claimRef();
        return ref != null && ref.uid().equals(claim.uid());
    }

    /** On its way out: nobody will bind it, and what it names may already be deleted. */
    static boolean going(PersistentVolume volume) {
        return volume.meta().deleting()
                || volume.phase().equals("Released")
                || volume.phase().equals("Failed");
    }

    static String owner(PersistentVolume volume) {
        ClaimRef ref = volume.claimRef();
        return ref == null ? "no claim" : "claim " + ref.key() + " with uid " + ref.uid();
    }
}
