package solo.simulation;

import java.util.Map;
import solo.kube.ApiException;
import solo.kube.Kind;
import solo.kube.Writes;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.Patch;
import solo.kube.model.Projected;

/** The write port onto a {@link SimulatedApiServer}; each answer is in the kind's store before the caller sees it. */
public final class SimulatedWrites implements Writes {

    private final SimulatedApiServer server;
    private final SimulatedCluster cluster;

    public SimulatedWrites(SimulatedApiServer server, SimulatedCluster cluster) {
        this.server = server;
        this.cluster = cluster;
    }

    @Override
    public <R extends Projected> R create(Kind<R> kind, Map<String, ?> object) throws ApiException {
        return seen(kind, server.create(kind.resource(), object));
    }

    @Override
    public <R extends Projected> R patch(Kind<R> kind, ObjectKey key, Patch patch) throws ApiException {
        return seen(kind, server.patch(kind.resource(), key, patch));
    }

    @Override
    public <R extends Projected> void delete(Kind<R> kind, ObjectKey key, String uid) throws ApiException {
        Map<String, Object> answer = server.delete(kind.resource(), key, uid);
        if (Trees.texts(answer, "metadata", "finalizers").isEmpty()) {
            cluster.simulated(kind).records().deleted(key, uid);
        } else {
            seen(kind, answer);
        }
    }

    private <R extends Projected> R seen(Kind<R> kind, Map<String, Object> answer) {
        R record = kind.projection().apply(new Json(answer));
        cluster.simulated(kind).records().wrote(record);
        return record;
    }
}
