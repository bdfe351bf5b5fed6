package solo.csi.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What CreateVolume is asked for. The same name with the same request always means the same volume.
 *
 * @param requiredBytes zero lets the driver choose
 * @param contentSource null for an empty volume
 * @param requirement null when the driver has no topology, or anywhere will do
 * @param mutableParameters from the VolumeAttributesClass; they take precedence over {@code parameters}
 */
public record VolumeRequest(
        String name,
        long requiredBytes,
        List<VolumeCapability> capabilities,
        Map<String, String> parameters,
        Secrets secrets,
        @Nullable ContentSource contentSource,
        @Nullable TopologyRequirement requirement,
        Map<String, String> mutableParameters) {
    public VolumeRequest {
        capabilities = List.copyOf(capabilities);
        parameters = Map.copyOf(parameters);
        mutableParameters = Map.copyOf(mutableParameters);
    }
}
