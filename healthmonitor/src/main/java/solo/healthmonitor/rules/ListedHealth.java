package solo.healthmonitor.rules;

import org.jspecify.annotations.Nullable;
import solo.healthmonitor.model.HealthCall;
import solo.healthmonitor.model.VolumeHealth;

/** What a list of health says of one volume. */
public sealed interface ListedHealth {

    record Known(VolumeHealth health) implements ListedHealth {}

    /** The list says nothing, and somebody waits for an answer: ask for this volume alone. */
    record Ask() implements ListedHealth {}

    record Unknown() implements ListedHealth {}

    /** Whether the claim's last news is trouble. */
    enum LastNews {
        TROUBLE,
        NONE
    }

    /**
     * In CSI 1.13 a volume that is missing is healthy, or fell between two pages; only where trouble has been told is
     * the difference worth a call. In CSI 1.12 the list names healthy volumes too.
     */
    static ListedHealth of(HealthCall call, @Nullable VolumeHealth listed, LastNews news) {
        if (listed != null) {
            return new Known(listed);
        }
        if (call != HealthCall.LIST_HEALTH) {
            return new Unknown();
        }
        return news == LastNews.TROUBLE ? new Ask() : new Known(VolumeHealth.HEALTHY);
    }
}
