package solo.healthmonitor.rules;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import solo.healthmonitor.model.HealthEvents;
import solo.healthmonitor.model.VolumeHealth;
import solo.kube.model.EventNote;

/** What the owner of a claim is told about the health of its volume. */
public final class HealthNews {

    private HealthNews() {}

    /**
     * Trouble is told at each look, so that its event stays; the end of it is told once.
     *
     * @param troubleTold when the claim was last told of trouble, as far as its events are still there
     * @param recoveryToldFor the same at the time when the end of it was told; null if it was not
     */
    public static @Nullable EventNote of(
            VolumeHealth health, @Nullable Instant troubleTold, @Nullable Instant recoveryToldFor) {
        if (!health.healthy()) {
            return HealthEvents.abnormal(health);
        }
        return open(troubleTold, recoveryToldFor) ? HealthEvents.recovered() : null;
    }

    /** Whether the last that the claim has heard is trouble. */
    public static boolean open(@Nullable Instant troubleTold, @Nullable Instant recoveryToldFor) {
        return troubleTold != null && (recoveryToldFor == null || troubleTold.isAfter(recoveryToldFor));
    }
}
