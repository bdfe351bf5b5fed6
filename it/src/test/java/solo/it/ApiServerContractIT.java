package solo.it;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import solo.kube.Cluster;
import solo.kube.Leadership;
import solo.kube.Writes;
import solo.kube.fabric8.ConnectionProblem;
import solo.kube.fabric8.KubernetesConnection;
import solo.simulation.ApiServerContract;

/** The contract that the simulated API server keeps, asked of the real one through the production adapters. */
@ExtendWith(RealCluster.class)
class ApiServerContractIT extends ApiServerContract {

    private static KubernetesConnection connection;

    @BeforeAll
    static void connect(Bench bench) throws ConnectionProblem {
        connection = KubernetesConnection.open(
                new KubernetesConnection.Options(bench.cluster().kubeconfig(), null, "contract"));
    }

    @AfterAll
    static void disconnect() {
        connection.close();
    }

    @Override
    protected Writes writes() {
        return connection.writes(Leadership.ALWAYS);
    }

    @Override
    protected Cluster cluster() {
        return connection.cluster();
    }
}
