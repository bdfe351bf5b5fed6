package solo.kube;

import java.util.List;

/**
 * A controller as the runtime sees it.
 *
 * @param name also the queue's name in metrics, so it is the Go queue's name where there is one
 * @param workers how many keys may run at once
 */
public record Controller(String name, Reconciler reconciler, int workers, Backoff backoff, List<Trigger<?>> triggers) {

    public Controller {
        if (workers < 1) {
            throw new IllegalArgumentException("controller " + name + " needs at least one worker, got " + workers);
        }
        triggers = List.copyOf(triggers);
    }
}
