package solo.provisioner.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.csi.model.Secrets;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolume;

/** One thing to do for a PersistentVolume. Each is safe to repeat, and the process may stop after any of them. */
public sealed interface DeletionEffect {

    /** The finalizer that must be in place before this may happen. */
    default @Nullable String dependsOn() {
        return null;
    }

    record ReadSecret(ObjectKey secret) implements DeletionEffect {}

    record AddFinalizer(PersistentVolume volume) implements DeletionEffect {}

    record RemoveFinalizers(PersistentVolume volume, List<String> finalizers) implements DeletionEffect {
        public RemoveFinalizers {
            finalizers = List.copyOf(finalizers);
        }
    }

    record DeleteVolume(String handle, Secrets secrets) implements DeletionEffect {
        @Override
        public String dependsOn() {
            return ProvisionerNames.VOLUME_FINALIZER;
        }
    }

    /** Asks the driver for all its volumes, because NotFound alone does not prove that one is gone. */
    record LookForVolume(String handle) implements DeletionEffect {}

    /** Only once the driver's volume is gone. */
    record DeletePersistentVolume(PersistentVolume volume) implements DeletionEffect {}
}
