package solo.it;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import solo.it.cluster.ClusterOptions;
import solo.it.cluster.Clusters;
import solo.it.cluster.LocalCluster;
import solo.it.cluster.Progress;
import solo.it.up.Checkout;
import solo.it.up.Manifests;

/** Brings one cluster up for all test classes that ask for a {@link Bench}, and takes it down after the last. */
final class RealCluster implements BeforeAllCallback, ParameterResolver {

    private static final Namespace HERE = Namespace.create(RealCluster.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        bench(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Bench.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return bench(context);
    }

    private static Bench bench(ExtensionContext context) {
        return context.getRoot().getStore(HERE).computeIfAbsent(Bench.class, type -> start(), Bench.class);
    }

    private static Bench start() {
        ClusterOptions options = ClusterOptions.standard()
                .withState(clusterState())
                .withControllerRequests(2000)
                // Tests are administrators; what is of interest are those whom the manifests give rights.
                .withAudit("system:serviceaccounts:solo-system");
        LocalCluster cluster = Clusters.choose(options, System.out::println).start(options, new Lines());
        KubernetesClient client = Checkout.client(cluster.kubeconfig());
        new Manifests(Checkout.folder()).apply(client);
        return new Bench(cluster, client);
    }

    /** Short, because unix sockets below it may have 107 bytes; apart from the cluster of {@code solo up}. */
    private static Path clusterState() {
        return ClusterOptions.standard().state().resolveSibling("it-cluster");
    }

    private static final class Lines implements Progress {
        @Override
        public void started(String step) {
            System.out.println("cluster: " + step);
        }

        @Override
        public void fraction(String step, OptionalDouble done) {
            System.out.println("cluster: " + step
                    + (done.isPresent() ? " " + Math.round(done.getAsDouble() * 100) + " %" : " ..."));
        }

        @Override
        public void finished(String step, Duration took) {
            System.out.println("cluster: " + step + " done in " + took.toMillis() + " ms");
        }
    }
}
