package solo.simulation;

import java.util.List;
import java.util.Map;
import solo.kube.Kinds;

/** Builds a StorageClass. */
public final class StorageClassBuilder extends ObjectBuilder<StorageClassBuilder> {

    StorageClassBuilder(String name) {
        super(Kinds.STORAGE_CLASS.resource(), name);
        provisioner(ModelDriver.NAME).reclaimPolicy("Delete").bindingMode("Immediate");
    }

    @Override
    protected StorageClassBuilder self() {
        return this;
    }

    public StorageClassBuilder provisioner(String driver) {
        return with(driver, "provisioner");
    }

    public StorageClassBuilder parameter(String name, String value) {
        return with(value, "parameters", name);
    }

    public StorageClassBuilder reclaimPolicy(String policy) {
        return with(policy, "reclaimPolicy");
    }

    public StorageClassBuilder bindingMode(String mode) {
        return with(mode, "volumeBindingMode");
    }

    public StorageClassBuilder waitForFirstConsumer() {
        return bindingMode("WaitForFirstConsumer");
    }

    public StorageClassBuilder mountOptions(String... options) {
        return with(List.of(options), "mountOptions");
    }

    public StorageClassBuilder expandable() {
        return with(true, "allowVolumeExpansion");
    }

    /** The only allowed topology: this label with one of these values. */
    public StorageClassBuilder allowed(String label, String... values) {
        return with(
                List.of(Map.of("matchLabelExpressions", List.of(Map.of("key", label, "values", List.of(values))))),
                "allowedTopologies");
    }
}
