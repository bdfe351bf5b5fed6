package solo.app.explain;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import solo.kube.Controller;
import solo.kube.model.ObjectKey;
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

    /** Empty if there is nothing to do and nothing to say. */
    static Optional<Rehearsal> of(Controller controller, ObjectKey key, Notebook notebook) throws InterruptedException {
        Outcome outcome = controller.reconciler().reconcile(key);
        List<String> notes = notebook.notes();
        return outcome instanceof Outcome.Waiting || !notes.isEmpty()
                ? Optional.of(new Rehearsal(controller.name(), outcome, notes, notebook.driver()))
                : Optional.empty();
    }

    /** The RPC it comes to, for example {@code CreateVolume}; empty if none. */
    String rpc() {
        String last = effects.isEmpty() ? "" : effects.getLast();
        return last.startsWith("call ") ? last.split(" ", 3)[1] : "";
    }

    /** Why it waits; null if it does not, or waits for a driver's answer that nobody asked for. */
    @Nullable
    Reason reason() {
        return driver == Driver.NOT_ASKED && outcome instanceof Outcome.Waiting(var reason, var _, var _)
                ? reason
                : null;
    }
}
