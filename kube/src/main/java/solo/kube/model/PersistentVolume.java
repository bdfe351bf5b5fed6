package solo.kube.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A volume as all controllers see it (core/v1 PersistentVolume).
 *
 * @param nodeTerms required node affinity: alternatives of label → allowed values; null where there is none
 */
public record PersistentVolume(
        ObjectMeta meta,
        VolumeSpec volume,
        String phase,
        String reclaimPolicy,
        String storageClassName,
        @Nullable Quantity capacity,
        @Nullable ClaimRef claimRef,
        @Nullable List<Map<String, List<String>>> nodeTerms,
        @Nullable String volumeAttributesClassName)
        implements Projected {

    /** The claim a volume was made for; {@code uid} empty if somebody only wrote a name. */
    public record ClaimRef(ObjectKey key, String uid) {}

    /** The driver's volume, or null for a volume of another kind. */
    public @Nullable CsiSource csi() {
        return volume.csi();
    }

    public static PersistentVolume of(Json object) {
        Json spec = object.at("spec");
        Json claim = spec.at("claimRef");
        return new PersistentVolume(
                ObjectMeta.of(object, PersistentVolume::wanted),
                VolumeSpec.of(spec),
                object.at("status", "phase").text("").intern(),
                spec.at("persistentVolumeReclaimPolicy").text("").intern(),
                spec.at("storageClassName").text("").intern(),
                spec.at("capacity", "storage").quantity(),
                claim.present()
                        ? new ClaimRef(
                                new ObjectKey(
                                        claim.at("namespace").text("").intern(),
                                        claim.at("name").text("")),
                                claim.at("uid").text(""))
                        : null,
                nodeTerms(spec.at("nodeAffinity", "required", "nodeSelectorTerms")),
                spec.at("volumeAttributesClassName").text());
    }

    private static boolean wanted(String annotation) {
        return annotation.startsWith("pv.kubernetes.io/")
                || annotation.startsWith("volume.kubernetes.io/")
                || annotation.startsWith("volume.beta.kubernetes.io/")
                || annotation.startsWith("volume.alpha.kubernetes.io/")
                || annotation.startsWith("solo.csi/");
    }

    private static @Nullable List<Map<String, List<String>>> nodeTerms(Json terms) {
        if (!terms.present()) {
            return null;
        }
        List<Map<String, List<String>>> alternatives = new ArrayList<>();
        for (Json term : terms.items()) {
            Map<String, List<String>> labels = new LinkedHashMap<>();
            for (Json expression : term.at("matchExpressions").items()) {
                labels.put(
                        expression.at("key").text("").intern(),
                        expression.at("values").texts().stream()
                                .map(String::intern)
                                .toList());
            }
            alternatives.add(Map.copyOf(labels));
        }
        return List.copyOf(alternatives);
    }
}
