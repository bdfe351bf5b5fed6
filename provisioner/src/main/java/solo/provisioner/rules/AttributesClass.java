package solo.provisioner.rules;

import java.util.Map;
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

    static Finding<Map<String, String>> ask(ProvisioningView view) {
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
