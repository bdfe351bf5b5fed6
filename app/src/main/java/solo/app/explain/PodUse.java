package solo.app.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.kube.Kind;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.ObjectMeta;
import solo.kube.model.Projected;

/**
 * A pod that uses a claim, with what an explanation tells of it.
 *
 * @param phase as in status.phase
 * @param node empty until it is on one
 * @param unscheduled the scheduler's words about why it is on none
 */
record PodUse(
        ObjectMeta meta,
        String phase,
        String node,
        @Nullable String unscheduled) implements Projected {

    static final Kind<PodUse> KIND = new Kind<>(Kinds.POD.resource(), PodUse::of, List.of());

    boolean over() {
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    private static PodUse of(Json object) {
        return new PodUse(
                ObjectMeta.of(object, key -> false),
                object.at("status", "phase").text(""),
                object.at("spec", "nodeName").text(""),
                object.at("status", "conditions").items().stream()
                        .filter(condition -> condition.at("type").text("").equals("PodScheduled"))
                        .filter(condition -> condition.at("status").text("").equals("False"))
                        .map(condition -> condition.at("message").text(""))
                        .findFirst()
                        .orElse(null));
    }
}
