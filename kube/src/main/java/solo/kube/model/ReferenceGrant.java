package solo.kube.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Permission to refer into this object's namespace from others (gateway.networking.k8s.io/v1beta1 ReferenceGrant). */
public record ReferenceGrant(ObjectMeta meta, List<From> from, List<To> to) implements Projected {

    /** Who may refer. */
    public record From(String group, String kind, String namespace) {}

    /** To what; {@code name} null or empty for every object of the kind. */
    public record To(String group, String kind, @Nullable String name) {}

    public ReferenceGrant {
        from = List.copyOf(from);
        to = List.copyOf(to);
    }

    public static ReferenceGrant of(Json object) {
        Json spec = object.at("spec");
        return new ReferenceGrant(
                ObjectMeta.of(object, key -> false),
                spec.at("from").items().stream()
                        .map(from -> new From(
                                from.at("group").text(""),
                                from.at("kind").text(""),
                                from.at("namespace").text("")))
                        .toList(),
                spec.at("to").items().stream()
                        .map(to -> new To(
                                to.at("group").text(""),
                                to.at("kind").text(""),
                                to.at("name").text()))
                        .toList());
    }
}
