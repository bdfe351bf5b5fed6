package solo.app.explain;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import solo.kube.ApiException;
import solo.kube.Change;
import solo.kube.Cluster;
import solo.kube.Index;
import solo.kube.Kind;
import solo.kube.Kinds;
import solo.kube.Store;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Projected;

/** A cluster as it would be with one claim more. */
record WithClaim(Cluster cluster, PersistentVolumeClaim claim) implements Cluster {

    @Override
    @SuppressWarnings("unchecked") // the store of claims is one of claims
    public <R extends Projected> Store<R> store(Kind<R> kind) {
        Store<R> store = cluster.store(kind);
        return kind.resource().equals(Kinds.CLAIM.resource())
                ? (Store<R>) new Claims((Store<PersistentVolumeClaim>) store, claim)
                : store;
    }

    @Override
    @SuppressWarnings("unchecked") // as above
    public <R extends Projected> @Nullable R live(Kind<R> kind, ObjectKey key) throws ApiException {
        return kind.resource().equals(Kinds.CLAIM.resource()) && key.equals(claim.key())
                ? (R) claim
                : cluster.live(kind, key);
    }

    private record Claims(Store<PersistentVolumeClaim> others, PersistentVolumeClaim claim)
            implements Store<PersistentVolumeClaim> {

        @Override
        public @Nullable PersistentVolumeClaim get(ObjectKey key) {
            return key.equals(claim.key()) ? claim : others.get(key);
        }

        @Override
        public List<PersistentVolumeClaim> byIndex(Index<PersistentVolumeClaim> index, String value) {
            return with(
                    others.byIndex(index, value).stream(),
                    index.values().apply(claim).contains(value));
        }

        @Override
        public List<PersistentVolumeClaim> all() {
            return with(others.all().stream(), true);
        }

        private List<PersistentVolumeClaim> with(Stream<PersistentVolumeClaim> found, boolean ours) {
            return Stream.concat(
                            found.filter(other -> !other.key().equals(claim.key())),
                            ours ? Stream.of(claim) : Stream.empty())
                    .toList();
        }

        @Override
        public void onChange(Consumer<Change<PersistentVolumeClaim>> listener) {
            others.onChange(listener);
        }
    }
}
