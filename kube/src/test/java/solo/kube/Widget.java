package solo.kube;

import java.util.List;
import java.util.Map;
import solo.kube.Kind.Resource;
import solo.kube.Kind.Scope;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectMeta;
import solo.kube.model.Projected;

/** A kind made up for tests: a namespaced object with a color. */
public record Widget(ObjectMeta meta, String color) implements Projected {

    public static final Index<Widget> BY_COLOR = new Index<>("color", widget -> List.of(widget.color()));

    public static final Kind<Widget> KIND = new Kind<>(
            new Resource("tests.solo", "v1", "widgets", "Widget", Scope.NAMESPACED), Widget::of, List.of(BY_COLOR));

    static Widget of(Json object) {
        return new Widget(
                ObjectMeta.of(object, name -> true), object.at("spec", "color").text(""));
    }

    public static ObjectKey key(String name) {
        return new ObjectKey("default", name);
    }

    /** A widget as the API server holds it. */
    static Widget widget(String name, String uid, int version, String color) {
        return of(new Json(Map.of(
                "metadata",
                Map.of("namespace", "default", "name", name, "uid", uid, "resourceVersion", "" + version),
                "spec",
                Map.of("color", color))));
    }
}
