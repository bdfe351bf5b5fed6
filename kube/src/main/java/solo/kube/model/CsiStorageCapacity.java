package solo.kube.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much room the scheduler may count on in a place, for volumes of a class (storage.k8s.io/v1 CSIStorageCapacity).
 *
 * @param nodeTopology labels of the nodes it is about; empty where it is about all, whether the object says so or nothing
 * @param owners uids of its owners
 */
public record CsiStorageCapacity(
        ObjectMeta meta,
        String storageClassName,
        Map<String, String> nodeTopology,
        @Nullable Quantity capacity,
        @Nullable Quantity maximumVolumeSize,
        List<String> owners)
        implements Projected {

    public CsiStorageCapacity {
        nodeTopology = Map.copyOf(nodeTopology);
        owners = List.copyOf(owners);
    }

    public static CsiStorageCapacity of(Json object) {
        return new CsiStorageCapacity(
                ObjectMeta.of(object, key -> key.startsWith("csi.storage.k8s.io/")),
                object.at("storageClassName").text("").intern(),
                object.at("nodeTopology", "matchLabels").textMap(),
                object.at("capacity").quantity(),
                object.at("maximumVolumeSize").quantity(),
                object.at("metadata", "ownerReferences").items().stream()
                        .map(owner -> owner.at("uid").text(""))
                        .toList());
    }
}
