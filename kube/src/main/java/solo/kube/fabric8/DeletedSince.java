package solo.kube.fabric8;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Kind;
import solo.kube.model.Json;
import solo.kube.model.Projected;
import solo.kube.model.ResourceVersion;

/** Listens to a watch that begins in the past, up to a version, and keeps what was deleted. */
final class DeletedSince<R extends Projected> implements Consumer<Json> {

    private final Kind<R> kind;
    private final long until;
    private final List<R> deleted = new ArrayList<>();
    private long reached;
    private boolean forgotten;
    private String trouble = "";

    DeletedSince(Kind<R> kind, long until) {
        this.kind = kind;
        this.until = until;
    }

    @Override
    public void accept(Json event) {
        Json object = event.at("object");
        switch (event.at("type").text("")) {
            case "ERROR" -> {
                forgotten = Long.valueOf(410).equals(object.at("code").number());
                trouble = object.at("message").text("");
            }
            case "DELETED" -> {
                deleted.add(kind.projection().apply(object));
                reached(object);
            }
            default -> reached(object);
        }
    }

    private void reached(Json object) {
        reached = Math.max(reached, ResourceVersion.of(object));
    }

    /** Null if the API server does not remember that far back; throws if the watch ended too early. */
    @Nullable
    List<R> deleted() throws ApiException {
        if (forgotten) {
            return null;
        }
        if (reached < until) {
            throw new ApiException(
                    Failure.UNAVAILABLE,
                    "the history of " + kind.resource().plural() + " ended at " + reached + ", not at " + until
                            + (trouble.isEmpty() ? "" : ": " + trouble));
        }
        return deleted;
    }
}
