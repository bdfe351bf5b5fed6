package solo.simulation;

import java.util.Map;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Kind;
import solo.kube.Leadership;
import solo.kube.Writes;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.Patch;
import solo.kube.model.Projected;

/** The write port onto a {@link SimulatedApiServer}; refuses when the process does not lead, as the real one does. */
public final class SimulatedWrites implements Writes {

    private final SimulatedApiServer server;
    private final SimulatedCluster cluster;
    private final Leadership leadership;

    public SimulatedWrites(SimulatedApiServer server, SimulatedCluster cluster) {
        this(server, cluster, Leadership.ALWAYS);
    }

    public SimulatedWrites(SimulatedApiServer server, SimulatedCluster cluster, Leadership leadership) {
        this.server = server;
        this.cluster = cluster;
        this.leadership = leadership;
    }

    @Override
    public <R extends Projected> R create(Kind<R> kind, Map<String, ?> object) throws ApiException {
        checkLeading();
        return seen(kind, server.create(kind.resource(), object));
    }

    @Override
    public <R extends Projected> R patch(Kind<R> kind, ObjectKey key, Patch patch) throws ApiException {
        checkLeading();
        return seen(kind, server.patch(kind.resource(), key, patch));
    }

    @Override
    public <R extends Projected> void delete(Kind<R> kind, ObjectKey key, String uid) throws ApiException {
        checkLeading();
        server.delete(kind.resource(), key, uid);
    }

    private <R extends Projected> R seen(Kind<R> kind, Map<String, Object> answer) {
        R record = kind.projection().apply(new Json(answer));
        cluster.written(kind, record);
        return record;
    }

    private void checkLeading() throws ApiException {
        if (!leadership.leading()) {
            throw new ApiException(Failure.NOT_LEADING, "not the leader, nothing was sent");
        }
    }
}
