package solo.app.simulation;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import solo.kube.ApiException;
import solo.kube.Cluster;
import solo.kube.Kind;
import solo.kube.Store;
import solo.kube.Writes;
import solo.kube.model.ObjectKey;
import solo.kube.model.Patch;
import solo.kube.model.Projected;
import solo.snapshotter.Ports;

/** Notes what one half asks for, where others are at work in the same world with rights of their own. */
final class AskedFor implements Cluster, Writes {
    private final Cluster cluster;
    private final Writes writes;
    private final Set<String> rights;

    private AskedFor(Ports ports, Set<String> rights) {
        this.cluster = ports.cluster();
        this.writes = ports.writes();
        this.rights = rights;
    }

    /** Adds to {@code rights} as {@code Requests.rights()} spells them. */
    static Ports by(Ports ports, Set<String> rights) {
        AskedFor noting = new AskedFor(ports, rights);
        return new Ports(noting, noting, ports.events(), ports.clock());
    }

    @Override
    public <R extends Projected> Store<R> store(Kind<R> kind) {
        note(kind, "", "list");
        note(kind, "", "watch");
        return cluster.store(kind);
    }

    @Override
    public <R extends Projected> @Nullable R live(Kind<R> kind, ObjectKey key) throws ApiException {
        note(kind, "", "get");
        return cluster.live(kind, key);
    }

    @Override
    public <R extends Projected> R create(Kind<R> kind, Map<String, ?> object) throws ApiException {
        note(kind, "", "create");
        return writes.create(kind, object);
    }

    @Override
    public <R extends Projected> R patch(Kind<R> kind, ObjectKey key, Patch patch) throws ApiException {
        note(kind, patch.status() ? "status" : "", "patch");
        return writes.patch(kind, key, patch);
    }

    @Override
    public <R extends Projected> void delete(Kind<R> kind, ObjectKey key, String uid) throws ApiException {
        note(kind, "", "delete");
        writes.delete(kind, key, uid);
    }

    private void note(Kind<?> kind, String subresource, String verb) {
        rights.add(kind.resource().group() + "/" + kind.resource().plural()
                + (subresource.isEmpty() ? "" : "/" + subresource) + " " + verb);
    }
}
