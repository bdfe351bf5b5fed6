package solo.app.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Outcome;
import solo.kube.model.Reason;

/**
 * One reconcile of one controller that wrote nothing and called no driver.
 *
 * @param effects what it would have done, in order, up to the first call of the driver
 * @param driver whether it came to a call of the driver, or to a write whose answer it needed: nothing is known of what
 *     comes after
 */
record Rehearsal(String controller, Outcome outcome, List<String> effects, Driver driver) {

    enum Driver {
        ASKED,
        NOT_ASKED
    }

    Rehearsal {
        effects = List.copyOf(effects);
    }

    /** Why it waits; null if it does not, or waits for a driver's answer that nobody asked for. */
    @Nullable
    Reason reason() {
        return driver == Driver.NOT_ASKED && outcome instanceof Outcome.Waiting(var reason, var _, var _)
                ? reason
                : null;
    }
}
