package solo.csi.model;

import java.util.List;
import java.util.Map;

/**
 * What CreateVolume answered.
 *
 * @param id the volume handle; the driver's own, opaque
 * @param capacityBytes zero when the driver does not say
 * @param context handed back unchanged with every later call
 * @param content whether the driver says that it filled the volume from the requested source
 * @param topologies the places from which it can be reached; empty means everywhere
 */
public record CreatedVolume(
        String id, long capacityBytes, Map<String, String> context, Content content, List<Topology> topologies) {

    public enum Content {
        EMPTY,
        FROM_SOURCE
    }

    public CreatedVolume {
        context = Map.copyOf(context);
        topologies = List.copyOf(topologies);
    }
}
