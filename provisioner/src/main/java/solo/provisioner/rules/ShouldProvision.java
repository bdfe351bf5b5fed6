package solo.provisioner.rules;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.StorageClass;
import solo.provisioner.model.ClaimHistory.Hold;
import solo.provisioner.model.ClaimHistory.InBackground;
import solo.provisioner.model.NotYet.ClassMissing;
import solo.provisioner.model.NotYet.Held;
import solo.provisioner.model.NotYet.NoNodeSelected;
import solo.provisioner.model.NothingToDo.AlreadyBound;
import solo.provisioner.model.NothingToDo.ClassOfOtherProvisioner;
import solo.provisioner.model.ProvisionerNames;
import solo.provisioner.model.ProvisioningView;

/** Whether it is time to make a volume for a claim (sig-storage-lib shouldProvision and its infeasible hold). */
final class ShouldProvision {
    private ShouldProvision() {}

    /** While the driver's last word was that the request is wrong. A class made anew ends it early, or a person. */
    static Finding<PersistentVolumeClaim> notHeld(ProvisioningView view) {
        Hold hold = view.history().hold();
        StorageClass storageClass = ClassOfRequest.of(view);
        boolean sameClass =
                hold != null && storageClass != null && storageClass.uid().equals(hold.storageClassUid());
        return hold != null
                        && sameClass
                        && Objects.equals(hold.retryNow(), view.claim().meta().annotation(ProvisionerNames.RETRY_NOW))
                ? Finding.refused(new Held(hold.remaining()))
                : Finding.found(view.claim());
    }

    /** A claim bound to something else while our volume may still come is pursued: the volume has to end somewhere. */
    static Finding<PersistentVolumeClaim> unbound(ProvisioningView view) {
        String bound = view.claim().spec().volumeName();
        if (bound == null || bound.isEmpty()) {
            return Finding.found(view.claim());
        }
        String ours = VolumeName.of(view.options().naming(), view.claim().uid());
        return inBackground(view) != null && !bound.equals(ours)
                ? Finding.found(view.claim())
                : Finding.refused(new AlreadyBound(bound));
    }

    static Finding<StorageClass> hasClass(ProvisioningView view) {
        StorageClass storageClass = ClassOfRequest.of(view);
        if (storageClass == null) {
            return Finding.refused(new ClassMissing(view.claim().className()));
        }
        return storageClass.provisioner().equals(view.options().driver())
                ? Finding.found(storageClass)
                : Finding.refused(new ClassOfOtherProvisioner(storageClass.key().name(), storageClass.provisioner()));
    }

    /** WaitForFirstConsumer waits for the scheduler; a mode that is not set counts as Immediate. */
    static Finding<StorageClass> hasNode(ProvisioningView view) {
        return hasClass(view)
                .then(storageClass -> storageClass.waitsForFirstConsumer()
                                && view.selectedNode().isEmpty()
                        ? Finding.refused(new NoNodeSelected(storageClass.key().name()))
                        : Finding.found(storageClass));
    }

    private static @Nullable InBackground inBackground(ProvisioningView view) {
        return view.history().inBackground();
    }
}
