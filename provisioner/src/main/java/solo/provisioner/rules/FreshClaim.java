package solo.provisioner.rules;

import solo.kube.model.PersistentVolumeClaim;
import solo.provisioner.model.ClaimHistory.PastVolume;
import solo.provisioner.model.NothingToDo.AlreadyBound;
import solo.provisioner.model.NothingToDo.ClaimGone;
import solo.provisioner.model.ProvisioningEffect.ReadClaim;
import solo.provisioner.model.ProvisioningView;
import solo.provisioner.model.ProvisioningView.Standing;

/**
 * A claim that looks unbound although this process has deleted a volume of it is most likely long gone, and only our
 * cache does not know it yet (ext-provisioner #1469). Only then is it worth a read; usual claims cost none.
 */
final class FreshClaim {
    private FreshClaim() {}

    static Finding<PersistentVolumeClaim> ask(ProvisioningView view) {
        PersistentVolumeClaim claim = view.claim();
        boolean certain = view.history().volume() == PastVolume.NONE
                || view.standing() == Standing.GONE
                || view.history().inBackground() != null;
        if (certain) {
            return Finding.found(claim);
        }
        return ReadFact.of(
                view.facts().claim(), new ReadClaim(claim.key()), "claim " + claim.key(), new ClaimGone(), fresh -> {
                    String bound = fresh.spec().volumeName();
                    if (!fresh.uid().equals(claim.uid())) {
                        return Finding.refused(new ClaimGone());
                    }
                    return bound == null || bound.isEmpty()
                            ? Finding.found(claim)
                            : Finding.refused(new AlreadyBound(bound));
                });
    }
}
