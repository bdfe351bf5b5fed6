package solo.provisioner.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.kube.model.PersistentVolume;
import solo.provisioner.model.DeletionEffect;
import solo.provisioner.model.DeletionEffect.AddFinalizer;
import solo.provisioner.model.DeletionEffect.RemoveFinalizers;
import solo.provisioner.model.ProvisionerNames;

/** Which PersistentVolumes carry our finalizer: those whose volume we will have to delete, also after kubectl delete. */
final class FinalizerUpkeep {

    /** Values of persistentVolumeReclaimPolicy. */
    static final String DELETE = "Delete";

    private FinalizerUpkeep() {}

    /** Static volumes and those of older releases get it when bound; a change of policy takes it away again. */
    static @Nullable DeletionEffect change(PersistentVolume volume) {
        boolean has = volume.meta().hasFinalizer(ProvisionerNames.VOLUME_FINALIZER);
        boolean deletes = volume.reclaimPolicy().equals(DELETE);
        if (!has && deletes && !volume.meta().deleting() && volume.phase().equals("Bound")) {
            return new AddFinalizer(volume);
        }
        if (has && !deletes) {
            return new RemoveFinalizers(volume, List.of(ProvisionerNames.VOLUME_FINALIZER));
        }
        return null;
    }
}
