package solo.driver;

import csi.v1.GetPluginCapabilitiesRequest;
import csi.v1.GetPluginCapabilitiesResponse;
import csi.v1.GetPluginInfoRequest;
import csi.v1.GetPluginInfoResponse;
import csi.v1.PluginCapability;
import csi.v1.PluginCapability.Service;
import csi.v1.PluginCapability.VolumeExpansion;
import csi.v1.ProbeRequest;
import csi.v1.ProbeResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import solo.csi.CsiException;
import solo.csi.IdentityService;
import solo.driver.LocalDriverOptions.Feature;

/** Who the driver is. */
final class LocalIdentity implements IdentityService {
    private final LocalDriverOptions options;

    LocalIdentity(LocalDriverOptions options) {
        this.options = options;
    }

    @Override
    public GetPluginInfoResponse getPluginInfo(GetPluginInfoRequest request) {
        String version = LocalIdentity.class.getPackage().getImplementationVersion();
        return GetPluginInfoResponse.newBuilder()
                .setName(LocalDriver.NAME)
                .setVendorVersion(Objects.requireNonNullElse(version, "unreleased"))
                .build();
    }

    @Override
    public GetPluginCapabilitiesResponse getPluginCapabilities(GetPluginCapabilitiesRequest request) {
        var capabilities = GetPluginCapabilitiesResponse.newBuilder()
                .addCapabilities(service(Service.Type.CONTROLLER_SERVICE))
                .addCapabilities(service(Service.Type.GROUP_CONTROLLER_SERVICE))
                .addCapabilities(service(Service.Type.SNAPSHOT_METADATA_SERVICE))
                .addCapabilities(PluginCapability.newBuilder()
                        .setVolumeExpansion(VolumeExpansion.newBuilder().setType(VolumeExpansion.Type.ONLINE)));
        if (options.has(Feature.TOPOLOGY)) {
            capabilities.addCapabilities(service(Service.Type.VOLUME_ACCESSIBILITY_CONSTRAINTS));
            capabilities.addCapabilities(service(Service.Type.SNAPSHOT_ACCESSIBILITY_CONSTRAINTS));
        }
        return capabilities.build();
    }

    @Override
    public ProbeResponse probe(ProbeRequest request) throws CsiException {
        Path directory = options.stateDirectory();
        if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
            throw Refusals.precondition("the state directory " + directory + " is gone or cannot be written");
        }
        return ProbeResponse.getDefaultInstance();
    }

    private static PluginCapability service(Service.Type type) {
        return PluginCapability.newBuilder()
                .setService(Service.newBuilder().setType(type))
                .build();
    }
}
