package solo.simulation;

import java.time.Instant;
import java.util.List;

/** A group of snapshots as the model backend keeps it; its members are snapshots that name it. */
public record ModelGroup(String id, String name, List<String> volumeIds, Instant taken) {
    public ModelGroup {
        volumeIds = List.copyOf(volumeIds);
    }
}
