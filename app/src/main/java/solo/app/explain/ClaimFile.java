package solo.app.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solo.app.StartupProblem;
import solo.kube.Cluster;
import solo.kube.Kinds;
import solo.kube.fabric8.Manifest;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.StorageClass;
import solo.provisioner.model.ProvisionerNames;

/** A claim from a file, made to look as it does when the API server and the controller-manager are done with it. */
record ClaimFile(Map<String, Object> object) {

    /** What no real claim has. */
    private static final String UID = "00000000-0000-0000-0000-000000000000";

    /** The claim without what only the cluster knows: {@link #handedOver} adds it. */
    static ClaimFile read(Path path) throws StartupProblem {
        List<Map<String, Object>> claims;
        try {
            claims = Manifest.read(path).stream()
                    .filter(object -> "PersistentVolumeClaim".equals(object.get("kind")))
                    .toList();
        } catch (IOException unreadable) {
            throw new StartupProblem("-f " + path + ": " + unreadable.getMessage(), unreadable);
        }
        if (claims.size() != 1) {
            throw new StartupProblem("-f " + path + ": it must hold one PersistentVolumeClaim, but holds "
                    + (claims.isEmpty() ? "none" : claims.size()));
        }
        if (new Json(claims.getFirst()).at("metadata", "name").text("").isEmpty()) {
            throw new StartupProblem("-f " + path + ": the claim has no metadata.name");
        }
        return new ClaimFile(claims.getFirst());
    }

    /**
     * With its default class and the provisioner's annotation.
     *
     * @param namespace where it goes if it does not say so itself
     * @param node on which its pod would be, for a class that waits for a consumer
     */
    PersistentVolumeClaim handedOver(Cluster cluster, String namespace, @Nullable String node) {
        Map<String, Object> spec = map(object.get("spec"));
        if (spec.get("storageClassName") == null) {
            ClaimSituation.defaultClasses(cluster).stream()
                    .findFirst()
                    .ifPresent(name -> spec.put("storageClassName", name));
        }
        Map<String, Object> meta = map(object.get("metadata"));
        meta.putIfAbsent("namespace", namespace);
        meta.put("uid", UID);
        Map<String, Object> annotations = map(meta.get("annotations"));
        String className = new Json(spec).at("storageClassName").text("");
        StorageClass storageClass = cluster.store(Kinds.STORAGE_CLASS).get(ObjectKey.cluster(className));
        if (storageClass != null) {
            annotations.put(ProvisionerNames.STORAGE_PROVISIONER, storageClass.provisioner());
            if (storageClass.waitsForFirstConsumer() && node != null) {
                annotations.put(ProvisionerNames.SELECTED_NODE, node);
            }
        }
        meta.put("annotations", annotations);
        Map<String, Object> whole = new LinkedHashMap<>(object);
        whole.put("metadata", meta);
        whole.put("spec", spec);
        whole.put("status", Map.of("phase", "Pending"));
        return PersistentVolumeClaim.of(new Json(whole));
    }

    private static Map<String, Object> map(@Nullable Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> given) {
            given.forEach((key, entry) -> map.put(String.valueOf(key), entry));
        }
        return map;
    }
}
