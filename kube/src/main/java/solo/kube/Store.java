package solo.kube;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import solo.kube.model.ObjectKey;
import solo.kube.model.Projected;

/** All objects of one kind as records, kept current by a watch and never older than our own last write. */
public interface Store<R extends Projected> {

    @Nullable
    R get(ObjectKey key);

    /** The records found under a value of an index that the kind declares. */
    List<R> byIndex(Index<R> index, String value);

    /** A snapshot of everything; for start-up and explanations, never for a look-up per object. */
    List<R> all();

    /** Tells of every change, on the watch's thread: the listener may only offer keys to a queue. */
    void onChange(Consumer<Change<R>> listener);
}
