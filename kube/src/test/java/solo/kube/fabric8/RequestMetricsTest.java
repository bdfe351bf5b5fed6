package solo.kube.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solo.kube.ApiException;
import solo.kube.Leadership;
import solo.kube.Widget;
import solo.kube.Writes;
import solo.kube.fabric8.KubernetesConnection.Options;
import solo.kube.model.Patch;

/** rest_client_*: newer-releases §2.3. */
class RequestMetricsTest {

    private static final String ONE = "/apis/tests.solo/v1/namespaces/default/widgets/one";

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private FakeApiServer server;
    private KubernetesConnection connection;

    @BeforeEach
    void connect(@TempDir Path home) throws Exception {
        server = new FakeApiServer();
        server.put(ONE, Map.of("metadata", Map.of(), "spec", Map.of("color", "red")));
        connection = KubernetesConnection.open(
                new Options(Kubeconfigs.write(home, server.uri()), null, "test"), Map.of(), home);
        connection.showRequests(registry);
    }

    @AfterEach
    void disconnect() {
        connection.close();
        server.close();
    }

    @Test
    void every_request_is_counted_by_code_method_and_host() throws Exception {
        Writes writes = connection.writes(Leadership.ALWAYS);
        writes.patch(Widget.KIND, Widget.key("one"), Patch.merge(Map.of()));
        server.refuse(409, "Conflict");
        assertThatThrownBy(() -> writes.patch(Widget.KIND, Widget.key("one"), Patch.merge(Map.of())))
                .isInstanceOf(ApiException.class);
        server.refuse(new FakeApiServer.Refusal(0, "", Map.of()));
        assertThatThrownBy(() -> writes.patch(Widget.KIND, Widget.key("one"), Patch.merge(Map.of())))
                .isInstanceOf(ApiException.class);

        // POST is the question who we are, asked before there was a registry.
        await().untilAsserted(() -> assertThat(counted())
                .isEqualTo(Map.of(
                        labels("201", "POST"), 1.0,
                        labels("200", "PATCH"), 1.0,
                        labels("409", "PATCH"), 1.0,
                        labels("<error>", "PATCH"), 1.0)));
    }

    @Test
    void lists_and_watches_of_the_caches_count_too() {
        var _ = connection.cluster().store(Widget.KIND);

        await().untilAsserted(() -> assertThat(counted()).containsEntry(labels("200", "GET"), 2.0));
    }

    @Test
    void times_are_told_by_verb_and_host_in_the_buckets_of_kubernetes() {
        // Counted when the answer has come, which its reader may see a moment earlier.
        HistogramSnapshot.HistogramDataPointSnapshot posts = await().until(
                        () -> registry.scrape(name -> name.equals("rest_client_request_duration_seconds")).stream()
                                .map(HistogramSnapshot.class::cast)
                                .flatMap(times -> times.getDataPoints().stream())
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();

        assertThat((Object) posts.getLabels()).isEqualTo(Labels.of("verb", "POST", "host", host()));
        assertThat(posts.getCount()).isEqualTo(1);
        assertThat(posts.getSum()).isBetween(1e-6, 5.0);
        assertThat(posts.getClassicBuckets().stream().map(bucket -> bucket.getUpperBound()))
                .containsExactly(
                        .005, .025, .1, .25, .5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, Double.POSITIVE_INFINITY);
    }

    private Map<Labels, Double> counted() {
        Map<Labels, Double> counted = new HashMap<>();
        registry.scrape(name -> name.startsWith("rest_client_requests"))
                .forEach(snapshot -> ((CounterSnapshot) snapshot)
                        .getDataPoints()
                        .forEach(point -> counted.put(point.getLabels(), point.getValue())));
        return counted;
    }

    private Labels labels(String code, String method) {
        return Labels.of("code", code, "method", method, "host", host());
    }

    private String host() {
        return server.uri().getAuthority();
    }
}
