package solo.simulation;

import java.util.List;
import java.util.Map;
import solo.kube.Cluster;
import solo.kube.Kind;
import solo.kube.Kind.Selection;
import solo.kube.Writes;
import solo.kube.model.Json;
import solo.kube.model.ResourceVersion;
import solo.simulation.SimulatedApiServer.Unanswerable;

/** The simulated server lists and watches as the contract says. */
class SimulatedWatchTest extends WatchContract {

    private final SimulatedApiServer server = new SimulatedApiServer(new VirtualClock());
    private final SimulatedCluster cluster = new SimulatedCluster(server);
    private final SimulatedWrites writes = new SimulatedWrites(server, cluster);

    @Override
    protected Writes writes() {
        return writes;
    }

    @Override
    protected Cluster cluster() {
        return cluster;
    }

    @Override
    protected Listed list(Kind<?> kind, Selection selection, String version) {
        try {
            var listed = server.list(kind.resource(), selection, ResourceVersion.number(version));
            return new Listed(200, listed.items(), Long.toString(listed.version()));
        } catch (Unanswerable refused) {
            return new Listed(refused.code(), List.of(), "");
        }
    }

    @Override
    protected List<Told> watch(Kind<?> kind, Selection selection, String version) {
        try {
            return server.watch(kind.resource(), selection, ResourceVersion.number(version)).stream()
                    .map(event -> new Told(event.type().name(), new Json(event.object())))
                    .toList();
        } catch (Unanswerable refused) {
            return List.of(
                    new Told("ERROR", new Json(Map.of("code", (long) refused.code(), "reason", refused.reason()))));
        }
    }

    @Override
    protected String forgotten(Kind<?> kind) {
        String before = Long.toString(server.revision());
        server.put(Objects.of(kind, "any"));
        server.compact();
        return before;
    }
}
