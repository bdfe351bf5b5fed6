package solo.provisioner.rules;

import java.util.Map;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectMeta;
import solo.kube.model.PersistentVolume;
import solo.kube.model.SecretReference;
import solo.provisioner.model.DeletionView;
import solo.provisioner.model.ProvisionerNames;

/** The secret for DeleteVolume: as the volume's annotations say, for older volumes as the class says. */
final class DeletionSecrets {
    private DeletionSecrets() {}

    static SecretReference of(DeletionView view) {
        PersistentVolume volume = view.volume();
        ObjectMeta meta = volume.meta();
        String name = meta.annotation(ProvisionerNames.DELETION_SECRET_NAME);
        String namespace = meta.annotation(ProvisionerNames.DELETION_SECRET_NAMESPACE);
        if (name != null && namespace != null) {
            return name.isEmpty() || namespace.isEmpty()
                    ? new SecretReference.None()
                    : new SecretReference.Named(new ObjectKey(namespace, name));
        }
        return view.storageClass() == null || volume.claimRef() == null
                ? new SecretReference.None()
                : SecretReferences.of(
                        SecretKind.PROVISIONER,
                        view.storageClass().parameters(),
                        new SecretReferences.Context(
                                meta.key().name(), volume.claimRef().key(), Map.of()));
    }
}
