package solo.driver;

import java.nio.file.Path;
import java.util.Set;

/**
 * How the bundled driver is set up. Both halves of the driver must be given the same.
 *
 * @param nodeId the name of the node whose disks are used, as Kubernetes calls it
 * @param stateDirectory on that disk; holds the books and the volumes; made if missing
 * @param maxVolumesPerNode 0 for no limit
 * @param poolCapacityBytes what all volumes together may promise; 0 for as much as the filesystem can hold
 */
public record LocalDriverOptions(
        String nodeId, Path stateDirectory, Set<Feature> features, long maxVolumesPerNode, long poolCapacityBytes) {

    public enum Feature {
        /** ControllerPublishVolume and its capabilities; local volumes do not need it. */
        ATTACH,
        /** Volumes say that only their node can reach them. Without it, all nodes must be one. */
        TOPOLOGY
    }

    public LocalDriverOptions {
        features = Set.copyOf(features);
        if (nodeId.isEmpty()) {
            throw new IllegalArgumentException("the node id is empty");
        }
        if (maxVolumesPerNode < 0 || poolCapacityBytes < 0) {
            throw new IllegalArgumentException("the volume limit and the pool capacity cannot be negative");
        }
    }

    /** Topology on, attach off, no limits: what a k3s box wants. */
    public static LocalDriverOptions of(String nodeId, Path stateDirectory) {
        return new LocalDriverOptions(nodeId, stateDirectory, Set.of(Feature.TOPOLOGY), 0, 0);
    }

    public LocalDriverOptions with(Set<Feature> features) {
        return new LocalDriverOptions(nodeId, stateDirectory, features, maxVolumesPerNode, poolCapacityBytes);
    }

    public LocalDriverOptions withMaxVolumesPerNode(long limit) {
        return new LocalDriverOptions(nodeId, stateDirectory, features, limit, poolCapacityBytes);
    }

    public LocalDriverOptions withPoolCapacityBytes(long capacity) {
        return new LocalDriverOptions(nodeId, stateDirectory, features, maxVolumesPerNode, capacity);
    }

    LocalDriverOptions in(Path stateDirectory) {
        return new LocalDriverOptions(nodeId, stateDirectory, features, maxVolumesPerNode, poolCapacityBytes);
    }

    boolean has(Feature feature) {
        return features.contains(feature);
    }
}
