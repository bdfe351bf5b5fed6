package solo.simulation;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import solo.kube.ApiException;
import solo.kube.Change;
import solo.kube.Cluster;
import solo.kube.Index;
import solo.kube.Kind;
import solo.kube.Store;
import solo.kube.model.ObjectKey;
import solo.kube.model.Projected;

/** The read port of a simulated process: each read is a moment at which others may act. */
final class SteppedCluster implements Cluster {

    private final SimulatedCluster cluster;
    private final Steps steps;

    SteppedCluster(SimulatedCluster cluster, Steps steps) {
        this.cluster = cluster;
        this.steps = steps;
    }

    @Override
    public <R extends Projected> Store<R> store(Kind<R> kind) {
        return new SteppedStore<>(cluster.simulated(kind), kind.resource().plural(), steps);
    }

    @Override
    public <R extends Projected> @Nullable R live(Kind<R> kind, ObjectKey key) throws ApiException {
        steps.point("get " + kind.resource().plural(), key);
        Fault fault = steps.apiFault(Verb.GET, kind);
        if (fault != null) {
            throw new ApiException(fault.failure(), "simulated: no answer");
        }
        R found = cluster.live(kind, key);
        steps.point("got " + kind.resource().plural(), key);
        return found;
    }

    private record SteppedStore<R extends Projected>(SimulatedStore<R> store, String plural, Steps steps)
            implements Store<R> {
        @Override
        public @Nullable R get(ObjectKey key) {
            steps.look(plural, key);
            return store.get(key);
        }

        @Override
        public List<R> byIndex(Index<R> index, String value) {
            steps.look(plural, value);
            return store.byIndex(index, value);
        }

        @Override
        public List<R> all() {
            steps.look(plural, "*");
            return store.all();
        }

        @Override
        public void onChange(Consumer<Change<R>> listener) {
            store.onChange(listener);
        }
    }
}
