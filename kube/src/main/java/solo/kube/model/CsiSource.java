package solo.kube.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** spec.csi of a PersistentVolume or of an inline volume: which driver holds the volume and how it is called there. */
public record CsiSource(
        String driver,
        String volumeHandle,
        boolean readOnly,
        @Nullable String fsType,
        Map<String, String> volumeAttributes,
        @Nullable ObjectKey controllerPublishSecret,
        @Nullable ObjectKey controllerExpandSecret) {

    public CsiSource {
        volumeAttributes = Map.copyOf(volumeAttributes);
    }

    static @Nullable CsiSource of(Json csi) {
        return csi.present()
                ? new CsiSource(
                        csi.at("driver").text("").intern(),
                        csi.at("volumeHandle").text(""),
                        csi.at("readOnly").flag(false),
                        csi.at("fsType").text(),
                        csi.at("volumeAttributes").textMap(),
                        secret(csi.at("controllerPublishSecretRef")),
                        secret(csi.at("controllerExpandSecretRef")))
                : null;
    }

    private static @Nullable ObjectKey secret(Json reference) {
        return reference.present()
                ? new ObjectKey(
                        reference.at("namespace").text(""), reference.at("name").text(""))
                : null;
    }
}
