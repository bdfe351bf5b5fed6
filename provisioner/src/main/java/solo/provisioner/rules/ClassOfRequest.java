package solo.provisioner.rules;

import org.jspecify.annotations.Nullable;
import solo.kube.model.StorageClass;
import solo.provisioner.model.ClaimHistory.InBackground;
import solo.provisioner.model.ProvisioningView;

/**
 * Which StorageClass a claim's request is made of: as it was when CreateVolume was called, as long as that has no final
 * answer, and then as it is. The same name with other parameters is ALREADY_EXISTS to a driver, for ever.
 */
public final class ClassOfRequest {
    private ClassOfRequest() {}

    public static @Nullable StorageClass of(ProvisioningView view) {
        InBackground before = view.history().inBackground();
        return before == null ? view.storageClass() : before.storageClass();
    }

    /** The class has come back, and would make another request than the one that is repeated. */
    static boolean edited(ProvisioningView view) {
        StorageClass now = view.storageClass();
        StorageClass asked = of(view);
        return now != null && asked != null && !now.sameVolumes(asked);
    }
}
