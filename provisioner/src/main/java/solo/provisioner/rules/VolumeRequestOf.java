package solo.provisioner.rules;

import java.util.LinkedHashMap;
import java.util.Map;
import solo.csi.model.VolumeRequest;
import solo.kube.model.Quantity;
import solo.provisioner.model.Feature;
import solo.provisioner.model.ProvisionerNames;
import solo.provisioner.model.ProvisioningView;

/** The CreateVolume request of a claim, once every question of {@link ProvisioningRules} is answered. */
final class VolumeRequestOf {
    private VolumeRequestOf() {}

    static VolumeRequest claim(ProvisioningView view) {
        return new VolumeRequest(
                VolumeName.ask(view).value(),
                requestedBytes(view),
                VolumeCapabilities.ask(view).value(),
                parameters(view).value(),
                ClassSecrets.forCreate(view).value(),
                ContentSourceOf.ask(view).value().orElse(null),
                AccessibilityRequirements.ask(view).value().orElse(null),
                AttributesClass.ask(view).value());
    }

    /** The whole bytes asked for; no upper limit is ever sent. */
    static long requestedBytes(ProvisioningView view) {
        Quantity storage = view.claim().spec().storage();
        return storage == null ? 0 : storage.bytes();
    }

    static Finding<Map<String, String>> parameters(ProvisioningView view) {
        return ShouldProvision.hasClass(view)
                .then(storageClass -> ReservedParameters.strip(storageClass.parameters()))
                .then(rest -> {
                    Map<String, String> parameters = new LinkedHashMap<>(rest);
                    if (view.options().has(Feature.EXTRA_CREATE_METADATA)) {
                        String reserved = ProvisionerNames.RESERVED_PREFIX;
                        parameters.put(reserved + "pvc/name", view.claim().key().name());
                        parameters.put(
                                reserved + "pvc/namespace", view.claim().key().namespace());
                        parameters.put(
                                reserved + "pv/name", VolumeName.ask(view).value());
                    }
                    return Finding.found(parameters);
                });
    }
}
