package solo.simulation;

import solo.kube.Cluster;
import solo.kube.Writes;

/** The simulated server keeps the contract when its watches tell everything at once. */
class SimulatedApiServerTest extends ApiServerContract {

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
}
