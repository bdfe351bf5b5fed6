package solo.provisioner.capacity;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import solo.kube.model.CsiStorageCapacity;
import solo.provisioner.capacity.model.CapacityKey;
import solo.provisioner.capacity.model.Room;
import solo.provisioner.capacity.rules.CapacityRules;

/** What we wrote last, so that the echo of our own write does not make us ask the driver again. */
final class Published {

    private final Map<CapacityKey, Room> rooms = new ConcurrentHashMap<>();

    void says(CapacityKey key, Room room) {
        rooms.put(key, room);
    }

    void forget(CapacityKey key) {
        rooms.remove(key);
    }

    boolean isEcho(CsiStorageCapacity object) {
        Room room = rooms.get(CapacityKey.of(object));
        return room != null && CapacityRules.says(object, room);
    }
}
