package solo.simulation;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Kind.Resource;

/**
 * What the API server's strategies do to one kind: status apart from the rest, defaults at birth, fields that never
 * change. Facts of k8s.io/kubernetes pkg/registry and pkg/apis/.../validation, as far as storage meets them.
 */
final class ResourceRules {

    private enum Trait {
        /** Has a status subresource. */
        STATUS,
        /** A change of the status cannot touch labels, annotations or finalizers. */
        STATUS_ALONE,
        /** Custom resource: no strategic merge, metadata.generation counts changes of the spec. */
        CUSTOM
    }

    private static final Set<String> WITH_STATUS =
            Set.of("persistentvolumeclaims", "persistentvolumes", "nodes", "pods", "namespaces", "volumeattachments");

    private final String plural;
    private final EnumSet<Trait> traits = EnumSet.noneOf(Trait.class);

    private ResourceRules(Resource resource) {
        this.plural = resource.plural();
        if (custom(resource)) {
            traits.add(Trait.CUSTOM);
            traits.add(Trait.STATUS);
            traits.add(Trait.STATUS_ALONE);
        } else if (WITH_STATUS.contains(plural)) {
            traits.add(Trait.STATUS);
            if (plural.equals("volumeattachments")) {
                traits.add(Trait.STATUS_ALONE);
            }
        }
    }

    static ResourceRules of(Resource resource) {
        return new ResourceRules(resource);
    }

    private static boolean custom(Resource resource) {
        return resource.group().contains("snapshot.storage.k8s.io")
                || resource.group().startsWith("gateway.")
                || resource.group().startsWith("populator.");
    }

    boolean hasStatus() {
        return traits.contains(Trait.STATUS);
    }

    boolean takesStrategicPatches() {
        return !traits.contains(Trait.CUSTOM);
    }

    boolean countsGenerations() {
        return traits.contains(Trait.CUSTOM);
    }

    /** What is stored of an object that somebody creates. */
    Map<String, Object> born(Map<String, Object> asked) throws ApiException {
        Map<String, Object> object = hasStatus() ? Trees.with(asked, null, "status") : asked;
        object = switch (plural) {
            case "persistentvolumeclaims" ->
                Trees.with(orElse(object, "Filesystem", "spec", "volumeMode"), Map.of("phase", "Pending"), "status");
            case "persistentvolumes" ->
                Trees.with(
                        orElse(
                                orElse(object, "Filesystem", "spec", "volumeMode"),
                                "Retain",
                                "spec",
                                "persistentVolumeReclaimPolicy"),
                        Map.of("phase", "Pending"),
                        "status");
            case "volumeattachments" -> Trees.with(object, Map.of("attached", false), "status");
            case "storageclasses" ->
                orElse(orElse(object, "Delete", "reclaimPolicy"), "Immediate", "volumeBindingMode");
            default -> object;
        };
        validate(object);
        return object;
    }

    /** What is stored after a change: {@code wanted} with everything put back that this endpoint may not touch. */
    Map<String, Object> changed(Map<String, Object> before, Map<String, Object> wanted, boolean status)
            throws ApiException {
        Map<String, Object> after;
        if (!status) {
            after = hasStatus() ? Trees.with(wanted, before.get("status"), "status") : wanted;
        } else if (traits.contains(Trait.STATUS_ALONE)) {
            after = Trees.with(before, wanted.get("status"), "status");
        } else {
            Map<String, Object> kept = new LinkedHashMap<>(before);
            kept.put("metadata", Trees.map(wanted, "metadata"));
            after = Trees.with(Trees.object(kept), wanted.get("status"), "status");
        }
        if (plural.equals("persistentvolumeclaims")) {
            claimUnchanged(before, after);
        } else {
            for (String[] path : immutable()) {
                if (!Objects.equals(Trees.at(before, path), Trees.at(after, path))) {
                    throw invalid(String.join(".", path) + ": Invalid value: field is immutable");
                }
            }
        }
        validate(after);
        return after;
    }

    private List<String[]> immutable() {
        return switch (plural) {
            case "persistentvolumes" -> List.of(new String[] {"spec", "csi"}, new String[] {"spec", "volumeMode"});
            case "volumeattachments" -> List.<String[]>of(new String[] {"spec"});
            case "storageclasses" ->
                List.of(
                        new String[] {"provisioner"},
                        new String[] {"parameters"},
                        new String[] {"reclaimPolicy"},
                        new String[] {"volumeBindingMode"});
            case "volumeattributesclasses" -> List.of(new String[] {"driverName"}, new String[] {"parameters"});
            default -> List.of();
        };
    }

    /** ValidatePersistentVolumeClaimUpdate: only size, volumeName (once) and attributes class may change. */
    private static void claimUnchanged(Map<String, Object> before, Map<String, Object> after) throws ApiException {
        Map<String, Object> old = mutableFieldsCleared(Trees.map(before, "spec"));
        Map<String, Object> now = mutableFieldsCleared(Trees.map(after, "spec"));
        if (!old.equals(now)) {
            throw invalid("spec: Forbidden: spec is immutable after creation except resources.requests and "
                    + "volumeAttributesClassName for bound claims");
        }
        Object bound = Trees.at(before, "spec", "volumeName");
        if (bound != null && !bound.equals(Trees.at(after, "spec", "volumeName"))) {
            throw invalid("spec.volumeName: Invalid value: field is immutable once set");
        }
    }

    private static Map<String, Object> mutableFieldsCleared(Map<String, Object> spec) {
        Map<String, Object> rest = new LinkedHashMap<>(spec);
        rest.keySet().removeAll(Set.of("resources", "volumeName", "volumeAttributesClassName"));
        return rest;
    }

    private void validate(Map<String, Object> object) throws ApiException {
        if (plural.equals("persistentvolumeclaims")) {
            required(object, "spec", "accessModes");
            required(object, "spec", "resources", "requests", "storage");
        } else if (plural.equals("persistentvolumes")) {
            required(object, "spec", "accessModes");
            required(object, "spec", "capacity", "storage");
            if (Trees.at(object, "spec", "nodeAffinity", "required") != null) {
                required(object, "spec", "nodeAffinity", "required", "nodeSelectorTerms");
            }
        }
    }

    private static void required(Map<String, Object> object, String... path) throws ApiException {
        Object value = Trees.at(object, path);
        if (value == null || value.equals(List.of()) || value.equals("")) {
            throw invalid(String.join(".", path) + ": Required value");
        }
    }

    private static Map<String, Object> orElse(Map<String, Object> object, @Nullable Object value, String... path) {
        return Trees.at(object, path) == null ? Trees.with(object, value, path) : object;
    }

    private static ApiException invalid(String message) {
        return new ApiException(Failure.INVALID, message);
    }
}
