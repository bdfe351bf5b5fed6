package solo.kube;

import java.util.Collection;
import java.util.function.Function;
import solo.kube.model.ObjectKey;
import solo.kube.model.Projected;

/** Which keys a controller looks at when an object of a kind changes; an empty answer ignores the change. */
public record Trigger<R extends Projected>(Kind<R> kind, Function<Change<R>, Collection<ObjectKey>> keys) {}
