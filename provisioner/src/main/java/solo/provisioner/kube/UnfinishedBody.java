package solo.provisioner.kube;

import static solo.kube.model.Fields.put;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solo.csi.model.Topology;
import solo.csi.model.TopologyRequirement;
import solo.kube.model.Json;
import solo.kube.model.ObjectMeta;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.PersistentVolumeClaim.DataSource;
import solo.kube.model.Quantity;
import solo.kube.model.StorageClass;
import solo.provisioner.model.ClaimHistory.InBackground;
import solo.provisioner.model.ClaimHistory.InBackground.Request;

/**
 * An unfinished claim as the Lease carries it: claim and class in the words of their API objects, as far as
 * provisioning reads them, and what CreateVolume was told of places.
 */
public final class UnfinishedBody {
    private UnfinishedBody() {}

    public static Map<String, Object> of(InBackground unfinished) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("claim", claim(unfinished.claim()));
        body.put("class", storageClass(unfinished.storageClass()));
        put(body, "mutable", unfinished.mutableParameters());
        body.put("node", unfinished.selectedNode());
        body.put("request", unfinished.request().name());
        TopologyRequirement requirement = unfinished.requirement();
        if (requirement != null) {
            body.put("requisite", places(requirement.requisite()));
            body.put("preferred", places(requirement.preferred()));
        }
        return body;
    }

    /** @throws IllegalArgumentException if it names no claim */
    public static InBackground parse(Json body) {
        PersistentVolumeClaim claim = PersistentVolumeClaim.of(body.at("claim"));
        if (claim.uid().isEmpty()) {
            throw new IllegalArgumentException("a claim without uid");
        }
        return new InBackground(
                claim,
                StorageClass.of(body.at("class")),
                body.at("mutable").present() ? body.at("mutable").textMap() : null,
                body.at("node").text(""),
                body.at("requisite").present()
                        ? new TopologyRequirement(places(body.at("requisite")), places(body.at("preferred")))
                        : null,
                body.at("request").text("").equals(Request.PERHAPS_SENT.name()) ? Request.PERHAPS_SENT : Request.SENT);
    }

    private static Map<String, Object> claim(PersistentVolumeClaim claim) {
        Map<String, Object> spec = new LinkedHashMap<>();
        put(spec, "storageClassName", claim.spec().storageClassName());
        spec.put("accessModes", claim.spec().accessModes());
        put(spec, "volumeMode", claim.spec().volumeMode());
        Quantity storage = claim.spec().storage();
        if (storage != null) {
            spec.put("resources", Map.of("requests", Map.of("storage", storage.text())));
        }
        if (claim.spec().hasSelector()) {
            spec.put("selector", Map.of());
        }
        put(spec, "dataSource", source(claim.spec().dataSource()));
        put(spec, "dataSourceRef", source(claim.spec().dataSourceRef()));
        put(spec, "volumeAttributesClassName", claim.spec().volumeAttributesClassName());
        return Map.of("metadata", metadata(claim.meta()), "spec", spec);
    }

    private static @Nullable Map<String, Object> source(@Nullable DataSource source) {
        if (source == null) {
            return null;
        }
        Map<String, Object> body = new LinkedHashMap<>();
        put(body, "apiGroup", source.apiGroup());
        body.put("kind", source.kind());
        body.put("name", source.name());
        put(body, "namespace", source.namespace());
        return body;
    }

    /** Without its labels and annotations, which no request is made of. */
    private static Map<String, Object> storageClass(StorageClass storageClass) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("metadata", Map.of("name", storageClass.key().name(), "uid", storageClass.uid()));
        body.put("provisioner", storageClass.provisioner());
        body.put("parameters", storageClass.parameters());
        put(body, "reclaimPolicy", storageClass.reclaimPolicy());
        put(body, "volumeBindingMode", storageClass.volumeBindingMode());
        body.put("mountOptions", storageClass.mountOptions());
        body.put(
                "allowedTopologies",
                storageClass.allowedTopologies().stream()
                        .map(term -> Map.of(
                                "matchLabelExpressions",
                                term.entrySet().stream()
                                        .map(label -> Map.of("key", label.getKey(), "values", label.getValue()))
                                        .toList()))
                        .toList());
        body.put("allowVolumeExpansion", storageClass.allowVolumeExpansion());
        return body;
    }

    private static Map<String, Object> metadata(ObjectMeta meta) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("namespace", meta.key().namespace());
        body.put("name", meta.key().name());
        body.put("uid", meta.uid());
        body.put("resourceVersion", meta.resourceVersion());
        body.put("annotations", meta.annotations());
        body.put("labels", meta.labels());
        return body;
    }

    private static List<Map<String, String>> places(List<Topology> places) {
        return places.stream().map(place -> Map.copyOf(place.segments())).toList();
    }

    private static List<Topology> places(Json places) {
        List<Topology> found = new ArrayList<>();
        places.items().forEach(place -> found.add(Topology.of(place.textMap())));
        return found;
    }
}
