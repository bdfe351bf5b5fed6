package solo.provisioner.kube;

import static solo.kube.model.Fields.put;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import solo.csi.model.Topology;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectReference;
import solo.provisioner.model.NewPersistentVolume;
import solo.provisioner.model.NewPersistentVolume.Access;
import solo.provisioner.model.NewPersistentVolume.Csi;

/** A new PersistentVolume as the API server takes it. What is absent in Go's is absent here. */
public final class PersistentVolumeBody {
    private PersistentVolumeBody() {}

    public static Map<String, Object> of(NewPersistentVolume volume) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", volume.name());
        metadata.put("annotations", volume.annotations());
        putUnlessEmpty(metadata, "finalizers", volume.finalizers());

        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("capacity", Map.of("storage", volume.capacity().text()));
        spec.put("accessModes", volume.accessModes());
        put(spec, "volumeMode", volume.volumeMode());
        putUnlessEmpty(spec, "mountOptions", volume.mountOptions());
        spec.put("csi", csi(volume.csi()));
        put(spec, "persistentVolumeReclaimPolicy", volume.reclaimPolicy());
        put(spec, "storageClassName", volume.storageClassName().isEmpty() ? null : volume.storageClassName());
        put(spec, "volumeAttributesClassName", volume.volumeAttributesClassName());
        if (!volume.nodeAffinity().isEmpty()) {
            spec.put("nodeAffinity", nodeAffinity(volume.nodeAffinity()));
        }
        spec.put("claimRef", claimRef(volume.claim()));

        Map<String, Object> body = new LinkedHashMap<>();
        body.put("metadata", metadata);
        body.put("spec", spec);
        return body;
    }

    private static Map<String, Object> csi(Csi csi) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("driver", csi.driver());
        body.put("volumeHandle", csi.volumeHandle());
        if (csi.access() == Access.READ_ONLY) {
            body.put("readOnly", true);
        }
        put(body, "fsType", csi.fsType());
        body.put("volumeAttributes", csi.volumeAttributes());
        put(body, "controllerPublishSecretRef", secret(csi.secrets().controllerPublish()));
        put(body, "nodeStageSecretRef", secret(csi.secrets().nodeStage()));
        put(body, "nodePublishSecretRef", secret(csi.secrets().nodePublish()));
        put(body, "controllerExpandSecretRef", secret(csi.secrets().controllerExpand()));
        put(body, "nodeExpandSecretRef", secret(csi.secrets().nodeExpand()));
        return body;
    }

    private static @Nullable Map<String, Object> secret(@Nullable ObjectKey secret) {
        return secret == null ? null : Map.of("name", secret.name(), "namespace", secret.namespace());
    }

    /** One term for each place, one expression for each of its segments. */
    private static Map<String, Object> nodeAffinity(List<Topology> places) {
        List<Map<String, Object>> terms = places.stream()
                .map(place -> Map.<String, Object>of(
                        "matchExpressions",
                        place.segments().entrySet().stream()
                                .map(segment -> Map.of(
                                        "key",
                                        segment.getKey(),
                                        "operator",
                                        "In",
                                        "values",
                                        List.of(segment.getValue())))
                                .toList()))
                .collect(Collectors.toList());
        return Map.of("required", Map.of("nodeSelectorTerms", terms));
    }

    private static Map<String, Object> claimRef(ObjectReference claim) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("apiVersion", claim.apiVersion());
        body.put("kind", claim.kind());
        body.put("namespace", claim.key().namespace());
        body.put("name", claim.key().name());
        body.put("uid", claim.uid());
        body.put("resourceVersion", claim.resourceVersion());
        return body;
    }

    private static void putUnlessEmpty(Map<String, Object> body, String field, List<String> values) {
        if (!values.isEmpty()) {
            body.put(field, values);
        }
    }
}
