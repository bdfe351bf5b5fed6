package solo.provisioner.rules;

import java.util.Map;
import solo.provisioner.model.ClaimHistory.InBackground;
import solo.provisioner.model.Feature;
import solo.provisioner.model.ProvisioningEffect.ReadAttributesClass;
import solo.provisioner.model.ProvisioningView;
import solo.provisioner.model.Unprepared.AttributesClassMissing;
import solo.provisioner.model.Unprepared.AttributesClassOfOtherDriver;

/** The parameters of the claim's VolumeAttributesClass, passed to the driver unfiltered. */
final class AttributesClass {
    private AttributesClass() {}

    /** Empty where the claim names none, or the feature is off: then it is as if it named none. */
    static String name(ProvisioningView view) {
        String name = view.claim().spec().volumeAttributesClassName();
        return name == null || !view.options().has(Feature.VOLUME_ATTRIBUTES_CLASS) ? "" : name;
    }

    /** A request that is repeated says what it said the first time, whatever has become of the class since. */
    static Finding<Map<String, String>> ask(ProvisioningView view) {
        InBackground before = view.history().inBackground();
        Map<String, String> asked = before == null ? null : before.mutableParameters();
        return asked == null ? asItIs(view) : Finding.found(asked);
    }

    private static Finding<Map<String, String>> asItIs(ProvisioningView view) {
        String name = name(view);
        if (name.isEmpty()) {
            return Finding.found(Map.of());
        }
        String driver = view.options().driver();
        return ReadFact.of(
                view.facts().attributesClass(),
                new ReadAttributesClass(name),
                "VolumeAttributesClass " + name,
                new AttributesClassMissing(name),
                attributes -> attributes.driverName().equals(driver)
                        ? Finding.found(attributes.parameters())
                        : Finding.refused(new AttributesClassOfOtherDriver(name, attributes.driverName(), driver)));
    }
}
