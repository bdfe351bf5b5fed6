package solo.app.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Actor;

/**
 * What is told of an object.
 *
 * @param why one sentence; empty if there is nothing to wait for
 * @param actor who must act; null if nobody has to
 * @param effects what Solo does next, in order, secrets blanked; empty if nothing
 */
record Explanation(Stage stage, String why, @Nullable Actor actor, List<String> effects) {
    Explanation {
        effects = List.copyOf(effects);
    }

    static Explanation of(Stage stage, String why, @Nullable Actor actor) {
        return new Explanation(stage, why, actor, List.of());
    }
}
