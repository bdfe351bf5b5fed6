package solo.kube.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How volumes are made (storage.k8s.io/v1 StorageClass).
 *
 * @param allowedTopologies alternatives of label → allowed values; empty where anything is allowed
 * @param reclaimPolicy null where the class does not say
 * @param volumeBindingMode null counts as Immediate for provisioning
 */
public record StorageClass(
        ObjectMeta meta,
        String provisioner,
        Map<String, String> parameters,
        @Nullable String reclaimPolicy,
        @Nullable String volumeBindingMode,
        List<String> mountOptions,
        List<Map<String, List<String>>> allowedTopologies,
        boolean allowVolumeExpansion)
        implements Projected {

    public StorageClass {
        parameters = Map.copyOf(parameters);
        mountOptions = List.copyOf(mountOptions);
        allowedTopologies = List.copyOf(allowedTopologies);
    }

    /** Provisioning waits until the scheduler has chosen a node. */
    public boolean waitsForFirstConsumer() {
        return "WaitForFirstConsumer".equals(volumeBindingMode);
    }

    /** Whether both make the same volume of a claim; what only decides when and where does not count. */
    public boolean sameVolumes(StorageClass other) {
        return provisioner.equals(other.provisioner)
                && parameters.equals(other.parameters)
                && mountOptions.equals(other.mountOptions)
                && Objects.equals(reclaimPolicy, other.reclaimPolicy);
    }

    public static StorageClass of(Json object) {
        return new StorageClass(
                ObjectMeta.of(object, key -> !key.startsWith("kubectl.kubernetes.io/")),
                object.at("provisioner").text(""),
                object.at("parameters").textMap(),
                object.at("reclaimPolicy").text(),
                object.at("volumeBindingMode").text(),
                object.at("mountOptions").texts(),
                object.at("allowedTopologies").items().stream()
                        .map(StorageClass::term)
                        .toList(),
                object.at("allowVolumeExpansion").flag(false));
    }

    private static Map<String, List<String>> term(Json term) {
        Map<String, List<String>> labels = new LinkedHashMap<>();
        for (Json expression : term.at("matchLabelExpressions").items()) {
            labels.put(expression.at("key").text(""), expression.at("values").texts());
        }
        return labels;
    }
}
