package solo.simulation;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import solo.kube.Kind;
import solo.kube.Kind.Resource;
import solo.kube.Kind.Scope;
import solo.kube.Kinds;
import solo.kube.model.ObjectKey;

/** Where test objects come from: {@code Objects.claim("ns/data").storageClass("fast")}, the rest has defaults. */
public final class Objects {

    static final Resource POD = new Resource("", "v1", "pods", "Pod", Scope.NAMESPACED);

    private Objects() {}

    /** {@code ns/name}, or the name alone for cluster-scoped kinds. */
    public static ObjectKey key(String name) {
        int slash = name.indexOf('/');
        return slash < 0 ? ObjectKey.cluster(name) : new ObjectKey(name.substring(0, slash), name.substring(slash + 1));
    }

    /** 1Gi, ReadWriteOnce, Pending. */
    public static ClaimBuilder claim(String name) {
        return new ClaimBuilder(name);
    }

    /** 1Gi, ReadWriteOnce, policy Delete, of the model driver, handle {@code handle-NAME}. */
    public static VolumeBuilder volume(String name) {
        return new VolumeBuilder(name);
    }

    /** Of the model driver, Immediate, policy Delete. */
    public static StorageClassBuilder storageClass(String name) {
        return new StorageClassBuilder(name);
    }

    public static AttachmentBuilder attachment(String name) {
        return new AttachmentBuilder(name);
    }

    /** A node with the label {@code kubernetes.io/hostname}. */
    public static Plain node(String name) {
        return new Plain(Kinds.NODE.resource(), name).label("kubernetes.io/hostname", name);
    }

    /** A node on which the model driver is registered, as {@code id-NAME}. */
    public static Plain csiNode(String name, String... topologyKeys) {
        return csiNodeOf(ModelDriver.NAME, name, topologyKeys);
    }

    public static Plain csiNodeOf(String driver, String name, String... topologyKeys) {
        Map<String, Object> registration = new LinkedHashMap<>();
        registration.put("name", driver);
        registration.put("nodeID", "id-" + name);
        registration.put("topologyKeys", List.of(topologyKeys));
        return new Plain(Kinds.CSI_NODE.resource(), name).with(List.of(registration), "spec", "drivers");
    }

    public static Plain secret(String name, Map<String, String> data) {
        Map<String, String> encoded = new LinkedHashMap<>();
        data.forEach((key, value) ->
                encoded.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return new Plain(Kinds.SECRET.resource(), name).with(encoded, "data");
    }

    public static Plain attributesClass(String name, Map<String, String> parameters) {
        return new Plain(Kinds.ATTRIBUTES_CLASS.resource(), name)
                .with(ModelDriver.NAME, "driverName")
                .with(parameters, "parameters");
    }

    /** A snapshot that is ready, with uid {@code uid-NAME}; its content is {@link #contentOf}. */
    public static Plain snapshot(String name) {
        ObjectKey key = key(name);
        return new Plain(Kinds.SNAPSHOT.resource(), name)
                .uid("uid-" + key.name())
                .with("content-" + key.name(), "spec", "source", "volumeSnapshotContentName")
                .with("content-" + key.name(), "status", "boundVolumeSnapshotContentName")
                .with(true, "status", "readyToUse")
                .with("1Gi", "status", "restoreSize");
    }

    /** The content {@code content-NAME} of a {@link #snapshot}, of the model driver. */
    public static Plain contentOf(String snapshot, String handle) {
        ObjectKey key = key(snapshot);
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put("kind", "VolumeSnapshot");
        reference.put("namespace", key.namespace());
        reference.put("name", key.name());
        reference.put("uid", "uid-" + key.name());
        return new Plain(Kinds.SNAPSHOT_CONTENT.resource(), "content-" + key.name())
                .with(ModelDriver.NAME, "spec", "driver")
                .with(reference, "spec", "volumeSnapshotRef")
                .with(handle, "spec", "source", "snapshotHandle")
                .with(handle, "status", "snapshotHandle")
                .with(true, "status", "readyToUse");
    }

    /** A pod that uses one claim of its namespace. */
    public static Plain pod(String name, String claim) {
        return new Plain(POD, name)
                .with(
                        List.of(Map.of("name", "data", "persistentVolumeClaim", Map.of("claimName", claim))),
                        "spec",
                        "volumes");
    }

    /** Any other object. */
    public static Plain of(Kind<?> kind, String name) {
        return new Plain(kind.resource(), name);
    }

    /** A builder with nothing of its own. */
    public static final class Plain extends ObjectBuilder<Plain> {
        Plain(Resource resource, String name) {
            super(resource, name);
        }

        @Override
        protected Plain self() {
            return this;
        }
    }
}
