package solo.provisioner.rules;

import solo.kube.model.PersistentVolumeClaim;
import solo.provisioner.model.ProvisioningView;
import solo.provisioner.model.Unprepared.SelectorSet;

/** A claim with a selector, even an empty one, wants one of the volumes that exist, and not a new one. */
final class NoSelector {
    private NoSelector() {}

    static Finding<PersistentVolumeClaim> ask(ProvisioningView view) {
        return view.claim().spec().hasSelector() ? Finding.refused(new SelectorSet()) : Finding.found(view.claim());
    }
}
