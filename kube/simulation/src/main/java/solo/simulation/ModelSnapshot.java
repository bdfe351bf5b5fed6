package solo.simulation;

import java.time.Instant;

/** A snapshot as the model backend keeps it; {@code group} is empty for one that stands alone. */
public record ModelSnapshot(
        String id, String name, String volumeId, long bytes, Instant taken, Instant ready, String group) {}
