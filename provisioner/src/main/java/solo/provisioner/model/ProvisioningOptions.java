package solo.provisioner.model;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import solo.csi.model.ControllerCapability;
import solo.csi.model.DriverCapabilities;
import solo.csi.model.PluginCapability;

/**
 * What does not change while the process runs: the driver and how it is to be used.
 *
 * @param driver the name in StorageClass.provisioner
 * @param identity written to every volume as storage.kubernetes.io/csiProvisionerIdentity
 * @param defaultFsType for classes that name no filesystem; empty lets the driver choose
 * @param nodeDeployment set where each node has its own provisioner
 */
public record ProvisioningOptions(
        String driver,
        DriverCapabilities capabilities,
        String identity,
        VolumeNaming naming,
        String defaultFsType,
        Set<Feature> features,
        @Nullable NodeDeployment nodeDeployment) {

    /** One provisioner for the whole cluster. */
    public ProvisioningOptions(
            String driver,
            DriverCapabilities capabilities,
            String identity,
            VolumeNaming naming,
            String defaultFsType,
            Set<Feature> features) {
        this(driver, capabilities, identity, naming, defaultFsType, features, null);
    }

    public ProvisioningOptions {
        EnumSet<Feature> sorted = EnumSet.noneOf(Feature.class);
        sorted.addAll(features);
        features = Collections.unmodifiableSet(sorted);
    }

    public boolean has(Feature feature) {
        return features.contains(feature);
    }

    public boolean can(ControllerCapability capability) {
        return capabilities.has(capability);
    }

    /** Volumes are attached to nodes by VolumeAttachments, which have to be gone before a volume is deleted. */
    public boolean attaches() {
        return can(ControllerCapability.PUBLISH_UNPUBLISH_VOLUME);
    }

    /** Restored snapshots are watched and let go. */
    public boolean releasesSnapshots() {
        return has(Feature.SNAPSHOT_RELEASE) && can(ControllerCapability.CREATE_DELETE_SNAPSHOT);
    }

    /** Places matter: the driver says so and nobody has switched it off. */
    public boolean topology() {
        return has(Feature.TOPOLOGY) && capabilities.has(PluginCapability.VOLUME_ACCESSIBILITY_CONSTRAINTS);
    }
}
