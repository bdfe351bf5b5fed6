package solo.simulation;

import java.util.Map;
import solo.kube.ApiException;
import solo.kube.Kind;
import solo.kube.Writes;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.Patch;
import solo.kube.model.Projected;

/** The write port of a simulated process: others may act before the effect, and between it and its answer. */
final class SteppedWrites implements Writes {

    private final SimulatedApiServer server;
    private final Writes writes;
    private final Steps steps;

    SteppedWrites(SimulatedApiServer server, SimulatedCluster cluster, Steps steps) {
        this.server = server;
        this.writes = new SimulatedWrites(server, cluster);
        this.steps = steps;
    }

    private interface Request<R> {
        R send() throws ApiException;
    }

    @Override
    public <R extends Projected> R create(Kind<R> kind, Map<String, ?> object) throws ApiException {
        Json meta = new Json(object).at("metadata");
        String name = meta.at("name").text(meta.at("generateName").text("") + "*");
        return send(Verb.CREATE, kind, "", name, () -> writes.create(kind, object));
    }

    @Override
    public <R extends Projected> R patch(Kind<R> kind, ObjectKey key, Patch patch) throws ApiException {
        return send(Verb.PATCH, kind, patch.status() ? "/status" : "", key, () -> writes.patch(kind, key, patch));
    }

    @Override
    public <R extends Projected> void delete(Kind<R> kind, ObjectKey key, String uid) throws ApiException {
        var _ = send(Verb.DELETE, kind, "", key, () -> {
            writes.delete(kind, key, uid);
            return key;
        });
    }

    private <T> T send(Verb verb, Kind<?> kind, String subresource, Object about, Request<T> request)
            throws ApiException {
        String what = verb.text() + " " + kind.resource().plural() + subresource;
        steps.point(what, about);
        Fault fault = steps.apiFault(verb, kind);
        if (fault != null) {
            server.fail(fault);
        }
        try {
            T answer = request.send();
            steps.effect(what);
            steps.point("done: " + what, about);
            return answer;
        } catch (ApiException failed) {
            steps.effect(what);
            steps.point(failed.failure() + (fault == null ? ": " : " " + fault.when() + ": ") + what, about);
            throw failed;
        }
    }
}
