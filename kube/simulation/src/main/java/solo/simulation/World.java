package solo.simulation;

import solo.kube.Kind;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;

/** What outlives every process of a simulation: the cluster, the storage, time, and what was told to users. */
public record World(SimulatedApiServer server, ModelDriver driver, VirtualClock clock, RecordedEvents events) {

    static World of(Scenario scenario) {
        VirtualClock clock = new VirtualClock();
        return new World(new SimulatedApiServer(clock), scenario.driver().apply(clock), clock, new RecordedEvents());
    }

    public ModelBackend backend() {
        return driver.backend();
    }

    /** An object as the server holds it now; absent if there is none. */
    public Json object(Kind<?> kind, ObjectKey key) {
        Json found = server.find(kind, key);
        return found == null ? new Json(null) : found;
    }
}
