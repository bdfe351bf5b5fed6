package solo.provisioner.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import solo.csi.model.AccessMode;
import solo.csi.model.CreatedVolume;
import solo.csi.model.Topology;
import solo.csi.model.VolumeCapability;
import solo.kube.model.Finalizers;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectReference;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Quantity;
import solo.kube.model.StorageClass;
import solo.provisioner.model.Feature;
import solo.provisioner.model.NewPersistentVolume;
import solo.provisioner.model.NewPersistentVolume.Access;
import solo.provisioner.model.NewPersistentVolume.Csi;
import solo.provisioner.model.ProvisionerNames;
import solo.provisioner.model.ProvisioningView;

/** The PersistentVolume of a volume that the driver has made for a claim. */
final class PersistentVolumeOf {
    private PersistentVolumeOf() {}

    static NewPersistentVolume claim(ProvisioningView view, CreatedVolume created) {
        PersistentVolumeClaim claim = view.claim();
        StorageClass storageClass = ShouldProvision.hasClass(view).value();
        ClassSecrets.Named secrets = ClassSecrets.named(view).value();
        String attributesClass = AttributesClass.name(view);
        long bytes = created.capacityBytes() == 0 ? VolumeRequestOf.requestedBytes(view) : created.capacityBytes();
        return new NewPersistentVolume(
                VolumeName.ask(view).value(),
                finalizers(view, storageClass),
                annotations(storageClass, secrets),
                Quantity.ofBytes(bytes),
                claim.spec().accessModes(),
                claim.spec().volumeMode(),
                storageClass.mountOptions(),
                csi(view, created, storageClass, secrets),
                storageClass.reclaimPolicy(),
                claim.className(),
                attributesClass.isEmpty() ? null : attributesClass,
                nodeAffinity(view, created),
                new ObjectReference(
                        "v1",
                        "PersistentVolumeClaim",
                        claim.key(),
                        claim.uid(),
                        claim.meta().resourceVersion()));
    }

    /**
     * All at birth, where the Go sidecars patch them in one by one. A volume that is retained needs ours only if its
     * policy is changed, and then gets it.
     */
    private static List<String> finalizers(ProvisioningView view, StorageClass storageClass) {
        List<String> finalizers = new ArrayList<>();
        if (FinalizerUpkeep.DELETE.equals(storageClass.reclaimPolicy())) {
            finalizers.add(ProvisionerNames.VOLUME_FINALIZER);
        }
        if (view.options().has(Feature.ATTACHER_FINALIZER)) {
            finalizers.add(Finalizers.attacher(view.options().driver()));
        }
        return finalizers;
    }

    /** The deletion secret is always spelled out, so that deletion needs neither claim nor class. */
    private static Map<String, String> annotations(StorageClass storageClass, ClassSecrets.Named secrets) {
        Map<String, String> annotations = new TreeMap<>();
        annotations.put(ProvisionerNames.PROVISIONED_BY, storageClass.provisioner());
        ObjectKey deletion = secrets.of(SecretKind.PROVISIONER);
        annotations.put(ProvisionerNames.DELETION_SECRET_NAME, deletion == null ? "" : deletion.name());
        annotations.put(ProvisionerNames.DELETION_SECRET_NAMESPACE, deletion == null ? "" : deletion.namespace());
        ObjectKey modify = secrets.of(SecretKind.CONTROLLER_MODIFY);
        if (modify != null) {
            annotations.put(ProvisionerNames.MODIFY_SECRET_NAME, modify.name());
            annotations.put(ProvisionerNames.MODIFY_SECRET_NAMESPACE, modify.namespace());
        }
        return annotations;
    }

    private static Csi csi(
            ProvisioningView view, CreatedVolume created, StorageClass storageClass, ClassSecrets.Named secrets) {
        Map<String, String> attributes = new TreeMap<>();
        attributes.put(ProvisionerNames.PROVISIONER_IDENTITY, view.options().identity());
        attributes.putAll(created.context());
        String fsType = FsType.of(storageClass.parameters(), view.options().defaultFsType())
                .value();
        return new Csi(
                view.options().driver(),
                created.id(),
                access(view),
                view.claim().block() || fsType.isEmpty() ? null : fsType,
                attributes,
                secrets.inVolume());
    }

    private static Access access(ProvisioningView view) {
        List<AccessMode> modes = VolumeCapabilities.ask(view).value().stream()
                .map(VolumeCapability::accessMode)
                .toList();
        return view.options().has(Feature.CONTROLLER_PUBLISH_READONLY)
                        && modes.equals(List.of(AccessMode.MULTI_NODE_READER_ONLY))
                ? Access.READ_ONLY
                : Access.READ_WRITE;
    }

    /** Places without segments are left out: the API server would refuse a term that says nothing, for ever. */
    private static List<Topology> nodeAffinity(ProvisioningView view, CreatedVolume created) {
        return view.options().topology()
                ? created.topologies().stream()
                        .filter(place -> !place.isEmpty())
                        .toList()
                : List.of();
    }
}
