package solo.kube.model;

import java.time.Duration;

/** When to look again at something that waits; any change of a watched object looks earlier. */
public sealed interface Retry {

    /** Only a change of a watched object can help. */
    record OnChange() implements Retry {}

    /** After the key's backoff, which doubles each time. */
    record Backoff() implements Retry {}

    /** After a fixed time; the backoff is not touched. */
    record After(Duration delay) implements Retry {}

    static Retry onChange() {
        return new OnChange();
    }

    static Retry backoff() {
        return new Backoff();
    }

    static Retry after(Duration delay) {
        return new After(delay);
    }
}
