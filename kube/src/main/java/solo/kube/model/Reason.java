package solo.kube.model;

import org.jspecify.annotations.Nullable;

/**
 * Why an object waits. Each controller has a sealed interface of its own below this one; event, log line, metric and
 * explanation are all rendered from it.
 */
public interface Reason {

    /** CamelCase and of few values: the label in metrics. */
    default String code() {
        return getClass().getSimpleName();
    }

    /** One sentence for a person: what is missing and where. Never holds a secret. */
    String message();

    Actor actor();

    /** The event this reason deserves, or null where the Go sidecars say nothing either. */
    default @Nullable EventNote event() {
        return null;
    }
}
