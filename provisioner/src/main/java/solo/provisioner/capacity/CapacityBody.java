package solo.provisioner.capacity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Patch;
import solo.provisioner.capacity.model.CapacityKey;
import solo.provisioner.capacity.model.CapacityOptions;
import solo.provisioner.capacity.model.CapacityOptions.Owner;
import solo.provisioner.capacity.model.Room;

/** CSIStorageCapacity objects and their changes as the API server takes them. */
final class CapacityBody {

    static final String DRIVER_LABEL = "csi.storage.k8s.io/drivername";
    static final String MANAGED_BY_LABEL = "csi.storage.k8s.io/managed-by";

    private CapacityBody() {}

    static Map<String, String> labels(CapacityOptions options) {
        return Map.of(DRIVER_LABEL, options.driver(), MANAGED_BY_LABEL, options.managedBy());
    }

    static Map<String, Object> of(CapacityKey key, Room room, CapacityOptions options) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("namespace", options.namespace());
        metadata.put("generateName", "csisc-");
        metadata.put("labels", labels(options));
        if (options.owner() != null) {
            metadata.put("ownerReferences", List.of(owner(options.owner())));
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("metadata", metadata);
        body.put("storageClassName", key.storageClass());
        body.put("nodeTopology", Map.of("matchLabels", key.segment().segments()));
        body.put("capacity", room.available().text());
        if (room.largestVolume() != null) {
            body.put("maximumVolumeSize", room.largestVolume().text());
        }
        return body;
    }

    /** Owners are merged by uid, so those that others have added stay. */
    static Patch correction(Room room, CapacityOptions options) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("capacity", room.available().text());
        body.put(
                "maximumVolumeSize",
                room.largestVolume() == null ? null : room.largestVolume().text());
        if (options.owner() != null) {
            body.put("metadata", Map.of("ownerReferences", List.of(owner(options.owner()))));
        }
        return Patch.strategic(body);
    }

    private static Map<String, Object> owner(Owner owner) {
        return Map.of(
                "apiVersion",
                owner.apiVersion(),
                "kind",
                owner.kind(),
                "name",
                owner.name(),
                "uid",
                owner.uid(),
                "controller",
                true);
    }
}
