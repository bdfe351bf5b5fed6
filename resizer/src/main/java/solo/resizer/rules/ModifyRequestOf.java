package solo.resizer.rules;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solo.csi.model.Secrets;
import solo.kube.model.CsiSource;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.VolumeAttributesClass;
import solo.resizer.model.ModifyRequest;
import solo.resizer.model.ResizerNames;
import solo.resizer.model.ResizingDriver;
import solo.resizer.model.ResizingDriver.Metadata;

/** What is ControllerModifyVolume asked for? */
final class ModifyRequestOf {
    private ModifyRequestOf() {}

    static ModifyRequest of(
            PersistentVolumeClaim claim,
            PersistentVolume volume,
            CsiSource csi,
            VolumeAttributesClass attributes,
            ResizingDriver driver) {
        Map<String, String> parameters = new LinkedHashMap<>(attributes.parameters());
        if (driver.metadata() == Metadata.SENT) {
            parameters.put("csi.storage.k8s.io/pvc/name", claim.key().name());
            parameters.put("csi.storage.k8s.io/pvc/namespace", claim.key().namespace());
            parameters.put("csi.storage.k8s.io/pv/name", volume.key().name());
        }
        return new ModifyRequest(csi.volumeHandle(), attributes.key().name(), parameters, Secrets.NONE);
    }

    /** The provisioner's annotations if both are there, else the secret for expansion, else none. */
    static @Nullable ObjectKey secret(PersistentVolume volume, CsiSource csi) {
        String name = volume.meta().annotation(ResizerNames.MODIFY_SECRET_NAME);
        String namespace = volume.meta().annotation(ResizerNames.MODIFY_SECRET_NAMESPACE);
        return name == null || name.isEmpty() || namespace == null || namespace.isEmpty()
                ? csi.controllerExpandSecret()
                : new ObjectKey(namespace, name);
    }
}
