package solo.provisioner.rules;

import solo.kube.model.PersistentVolumeClaim;
import solo.provisioner.model.NothingToDo.OtherProvisioner;
import solo.provisioner.model.ProvisionerNames;
import solo.provisioner.model.ProvisioningView;

/** Whether the controller-manager has given the claim to this driver (annotation storage-provisioner, GA before beta). */
public final class ClaimOfThisDriver {
    private ClaimOfThisDriver() {}

    static Finding<PersistentVolumeClaim> ask(ProvisioningView view) {
        return is(view.claim(), view.options().driver())
                ? Finding.found(view.claim())
                : Finding.refused(new OtherProvisioner(provisioner(view.claim())));
    }

    /** Also cheap enough to be asked of every change in the cluster, before a key is queued. */
    public static boolean is(PersistentVolumeClaim claim, String driver) {
        return provisioner(claim).equals(driver);
    }

    private static String provisioner(PersistentVolumeClaim claim) {
        String provisioner = claim.meta().annotation(ProvisionerNames.STORAGE_PROVISIONER);
        if (provisioner == null) {
            provisioner = claim.meta().annotation(ProvisionerNames.BETA_STORAGE_PROVISIONER);
        }
        return provisioner == null ? "" : provisioner;
    }
}
