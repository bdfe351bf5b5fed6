package solo.app.explain;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.kube.Cluster;
import solo.kube.Index;
import solo.kube.Kind;
import solo.kube.Kind.Resource;
import solo.kube.Kind.Scope;
import solo.kube.model.Json;
import solo.kube.model.ObjectMeta;
import solo.kube.model.Projected;

/** A warning that somebody has recorded about an object (core/v1 Event). */
record Told(
        ObjectMeta meta,
        String about,
        String type,
        String reason,
        String message,
        @Nullable Instant last) implements Projected {

    private static final Index<Told> BY_OBJECT = new Index<>("object", event -> List.of(event.about()));

    static final Kind<Told> KIND =
            new Kind<>(new Resource("", "v1", "events", "Event", Scope.NAMESPACED), Told::of, List.of(BY_OBJECT));

    /** The newest warning about an object; null if there is none (they are thrown away after an hour). */
    static @Nullable Told lastWarning(Cluster cluster, String uid) {
        return cluster.store(KIND).byIndex(BY_OBJECT, uid).stream()
                .filter(event -> event.type().equals("Warning"))
                .max(Comparator.comparing(event -> event.last() == null ? Instant.EPOCH : event.last()))
                .orElse(null);
    }

    private static Told of(Json object) {
        Instant last = object.at("lastTimestamp").time();
        return new Told(
                ObjectMeta.of(object, key -> false),
                object.at("involvedObject", "uid").text(""),
                object.at("type").text(""),
                object.at("reason").text(""),
                object.at("message").text(""),
                last == null ? object.at("eventTime").time() : last);
    }
}
