package solo.simulation;

import java.util.List;
import java.util.Map;
import solo.kube.Kinds;

/** Builds a PersistentVolumeClaim. */
public final class ClaimBuilder extends ObjectBuilder<ClaimBuilder> {

    ClaimBuilder(String name) {
        super(Kinds.CLAIM.resource(), name);
        accessModes("ReadWriteOnce")
                .size("1Gi")
                .with("Filesystem", "spec", "volumeMode")
                .phase("Pending");
    }

    @Override
    protected ClaimBuilder self() {
        return this;
    }

    public ClaimBuilder storageClass(String name) {
        return with(name, "spec", "storageClassName");
    }

    public ClaimBuilder size(String quantity) {
        return with(quantity, "spec", "resources", "requests", "storage");
    }

    public ClaimBuilder accessModes(String... modes) {
        return with(List.of(modes), "spec", "accessModes");
    }

    public ClaimBuilder block() {
        return with("Block", "spec", "volumeMode");
    }

    public ClaimBuilder phase(String phase) {
        return with(phase, "status", "phase");
    }

    /** As Kubernetes' PV controller asks the model driver to provision. */
    public ClaimBuilder provisioner() {
        return provisioner(ModelDriver.NAME);
    }

    public ClaimBuilder provisioner(String driver) {
        return annotation("volume.kubernetes.io/storage-provisioner", driver)
                .annotation("volume.beta.kubernetes.io/storage-provisioner", driver);
    }

    /** As the scheduler says where the first pod will run. */
    public ClaimBuilder selectedNode(String node) {
        return annotation("volume.kubernetes.io/selected-node", node);
    }

    /** Bound to this volume, with the size it asked for. */
    public ClaimBuilder boundTo(String volume) {
        return with(volume, "spec", "volumeName")
                .annotation("pv.kubernetes.io/bind-completed", "yes")
                .phase("Bound");
    }

    /** status.capacity. */
    public ClaimBuilder capacity(String quantity) {
        return with(quantity, "status", "capacity", "storage");
    }

    /** Filled from a snapshot of the same namespace. */
    public ClaimBuilder fromSnapshot(String name) {
        return with(
                Map.of("apiGroup", "snapshot.storage.k8s.io", "kind", "VolumeSnapshot", "name", name),
                "spec",
                "dataSource");
    }

    /** Filled from a claim of the same namespace. */
    public ClaimBuilder fromClaim(String name) {
        return with(Map.of("kind", "PersistentVolumeClaim", "name", name), "spec", "dataSource");
    }

    public ClaimBuilder attributesClass(String name) {
        return with(name, "spec", "volumeAttributesClassName");
    }
}
