package solo.simulation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import solo.kube.Kinds;
import solo.kube.model.ObjectKey;

/** Builds a PersistentVolume. */
public final class VolumeBuilder extends ObjectBuilder<VolumeBuilder> {

    VolumeBuilder(String name) {
        super(Kinds.VOLUME.resource(), name);
        size("1Gi")
                .accessModes("ReadWriteOnce")
                .reclaimPolicy("Delete")
                .driver(ModelDriver.NAME)
                .handle("handle-" + name)
                .with("Filesystem", "spec", "volumeMode")
                .phase("Available");
    }

    @Override
    protected VolumeBuilder self() {
        return this;
    }

    public VolumeBuilder size(String quantity) {
        return with(quantity, "spec", "capacity", "storage");
    }

    public VolumeBuilder accessModes(String... modes) {
        return with(List.of(modes), "spec", "accessModes");
    }

    public VolumeBuilder reclaimPolicy(String policy) {
        return with(policy, "spec", "persistentVolumeReclaimPolicy");
    }

    public VolumeBuilder storageClass(String name) {
        return with(name, "spec", "storageClassName");
    }

    public VolumeBuilder driver(String name) {
        return with(name, "spec", "csi", "driver");
    }

    public VolumeBuilder handle(String handle) {
        return with(handle, "spec", "csi", "volumeHandle");
    }

    public VolumeBuilder phase(String phase) {
        return with(phase, "status", "phase");
    }

    /** pv.kubernetes.io/provisioned-by the model driver, with the provisioner's finalizer. */
    public VolumeBuilder provisioned() {
        return annotation("pv.kubernetes.io/provisioned-by", ModelDriver.NAME)
                .finalizer("external-provisioner.volume.kubernetes.io/finalizer");
    }

    /** Made for, or bound to, this claim. */
    public VolumeBuilder claimRef(String claim, String uid) {
        ObjectKey key = Objects.key(claim);
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put("apiVersion", "v1");
        reference.put("kind", "PersistentVolumeClaim");
        reference.put("namespace", key.namespace());
        reference.put("name", key.name());
        reference.put("uid", uid);
        return with(reference, "spec", "claimRef");
    }

    /** Reachable only from nodes with this label. */
    public VolumeBuilder onNodesWith(String label, String value) {
        Map<String, Object> expression = new LinkedHashMap<>();
        expression.put("key", label);
        expression.put("operator", "In");
        expression.put("values", List.of(value));
        return with(
                List.of(Map.of("matchExpressions", List.of(expression))),
                "spec",
                "nodeAffinity",
                "required",
                "nodeSelectorTerms");
    }
}
