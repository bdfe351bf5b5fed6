package solo.provisioner.capacity.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.kube.model.CsiStorageCapacity;
import solo.kube.model.StorageClass;

/**
 * Everything a decision about one capacity object reads.
 *
 * @param storageClass the class, if it exists
 * @param place whether any node is there
 * @param objects those that are about this key; more than one if somebody made a copy
 * @param answer what the driver said, once it was asked
 */
public record CapacityView(
        CapacityOptions options,
        CapacityKey key,
        @Nullable StorageClass storageClass,
        Place place,
        List<CsiStorageCapacity> objects,
        @Nullable CapacityAnswer answer) {

    /** Whether the segment is that of some node. */
    public enum Place {
        EXISTS,
        GONE
    }

    public CapacityView {
        objects = List.copyOf(objects);
    }

    public CapacityView with(CapacityAnswer came) {
        return new CapacityView(options, key, storageClass, place, objects, came);
    }
}
