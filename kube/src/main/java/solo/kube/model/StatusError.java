package solo.kube.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** status.error of the snapshot kinds: what went wrong last, and when it was first seen so. */
public record StatusError(
        @Nullable String message, @Nullable Instant time) {

    static @Nullable StatusError of(Json error) {
        return error.present()
                ? new StatusError(error.at("message").text(), error.at("time").time())
                : null;
    }
}
