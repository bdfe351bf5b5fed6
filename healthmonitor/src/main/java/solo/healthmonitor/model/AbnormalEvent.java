package solo.healthmonitor.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Json;
import solo.kube.model.ObjectMeta;
import solo.kube.model.Projected;

/**
 * An event that has told of a volume in trouble (core/v1 Event): what is left of it in the cluster is the memory that
 * survives a restart.
 *
 * @param claimUid of the claim it was told to
 * @param last when it was last told
 */
public record AbnormalEvent(
        ObjectMeta meta, String claimUid, @Nullable Instant last) implements Projected {

    public static AbnormalEvent of(Json object) {
        ObjectMeta meta = ObjectMeta.of(object, key -> false);
        Instant last = object.at("lastTimestamp").time();
        return new AbnormalEvent(
                meta, object.at("involvedObject", "uid").text(""), last == null ? meta.created() : last);
    }

    /** Which events are watched: those of our reason, about claims. */
    public static final Map<String, String> FIELDS =
            Map.of("reason", HealthEvents.ABNORMAL, "involvedObject.kind", "PersistentVolumeClaim");

    /** The newest of these; null if there is none. */
    public static @Nullable Instant newest(List<AbnormalEvent> events) {
        return events.stream()
                .map(AbnormalEvent::last)
                .filter(last -> last != null)
                .max(Instant::compareTo)
                .orElse(null);
    }
}
