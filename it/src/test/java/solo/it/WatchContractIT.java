package solo.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import solo.kube.Cluster;
import solo.kube.Kind;
import solo.kube.Kind.Selection;
import solo.kube.Leadership;
import solo.kube.Writes;
import solo.kube.fabric8.ConnectionProblem;
import solo.kube.fabric8.KubernetesConnection;
import solo.kube.model.Json;
import solo.simulation.WatchContract;

/** The contract of lists and watches that the simulated API server keeps, asked of the real one. */
@ExtendWith(RealCluster.class)
class WatchContractIT extends WatchContract {

    private static KubernetesConnection connection;
    private static KubernetesClient raw;

    @BeforeAll
    static void connect(Bench bench) throws ConnectionProblem {
        connection = KubernetesConnection.open(
                new KubernetesConnection.Options(bench.cluster().kubeconfig(), null, "contract"));
        Config config = Config.fromKubeconfig(bench.cluster().kubeconfig().toFile());
        // A refusal is what is asked for.
        config.setRequestRetryBackoffLimit(0);
        raw = new KubernetesClientBuilder().withConfig(config).build();
    }

    @AfterAll
    static void disconnect() {
        raw.close();
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

    @Override
    protected Listed list(Kind<?> kind, Selection selection, String version) {
        try {
            Json list = json(raw.raw(path(kind, selection, version)));
            return new Listed(
                    200,
                    list.at("items").items(),
                    list.at("metadata", "resourceVersion").text(""));
        } catch (KubernetesClientException refused) {
            return new Listed(refused.getCode(), List.of(), "");
        }
    }

    @Override
    protected List<Told> watch(Kind<?> kind, Selection selection, String version) {
        String events = raw.raw(path(kind, selection, version) + "&watch=true&timeoutSeconds=1");
        return events.lines()
                .map(WatchContractIT::json)
                .map(event -> new Told(event.at("type").text(""), event.at("object")))
                .toList();
    }

    /**
     * The first of all. etcd may still have it, but the API server tells no further back than its cache of the kind goes,
     * and that of a custom resource begins after its definition was written. That of a built-in kind may begin at 1.
     */
    @Override
    protected String forgotten(Kind<?> kind) {
        assertThat(kind.resource().group()).as("served by a CRD").isEqualTo("snapshot.storage.k8s.io");
        return "1";
    }

    private static String path(Kind<?> kind, Selection selection, String version) {
        String labels = selection.labels().entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
        return "/apis/" + kind.resource().apiVersion() + "/" + kind.resource().plural() + "?resourceVersion=" + version
                + "&labelSelector=" + URLEncoder.encode(labels, StandardCharsets.UTF_8);
    }

    private static Json json(String text) {
        return new Json(raw.getKubernetesSerialization().unmarshal(text, Map.class));
    }
}
