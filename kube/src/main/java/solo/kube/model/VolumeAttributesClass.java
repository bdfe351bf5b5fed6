package solo.kube.model;

import java.util.Map;

/** Parameters that may be changed on a living volume (storage.k8s.io/v1 VolumeAttributesClass). */
public record VolumeAttributesClass(ObjectMeta meta, String driverName, Map<String, String> parameters)
        implements Projected {

    public VolumeAttributesClass {
        parameters = Map.copyOf(parameters);
    }

    public static VolumeAttributesClass of(Json object) {
        return new VolumeAttributesClass(
                ObjectMeta.of(object, key -> false),
                object.at("driverName").text(""),
                object.at("parameters").textMap());
    }
}
