package solo.kube.fabric8;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the API server is asked and how soon it answers, under the names, labels and buckets of Kubernetes'
 * component-base. As there a watch has answered when its first bytes are there, and {@code host} has a port but no
 * scheme or path.
 */
final class RequestMetrics {

    /** In place of a status where none came. */
    private static final String NO_ANSWER = "<error>";

    private static final double[] BUCKETS = {.005, .025, .1, .25, .5, 1, 2, 4, 8, 15, 30, 60};

    private final Counter requests = Counter.builder()
            .name("rest_client_requests_total")
            .help("Number of HTTP requests, partitioned by status code, method, and host.")
            .labelNames("code", "method", "host")
            .build();
    private final Histogram seconds = Histogram.builder()
            .name("rest_client_request_duration_seconds")
            .help("Request latency in seconds. Broken down by verb, and host.")
            .labelNames("verb", "host")
            .classicOnly()
            .classicUpperBounds(BUCKETS)
            .build();

    /** Requests count from the first one on, shown or not. */
    void showIn(PrometheusRegistry registry) {
        registry.register(requests);
        registry.register(seconds);
    }

    /** @param answer null if none came */
    void ended(HttpRequest request, @Nullable HttpResponse<?> answer, Duration took) {
        String host = request.uri().getAuthority();
        String code = answer == null ? NO_ANSWER : Integer.toString(answer.statusCode());
        requests.labelValues(code, request.method(), host).inc();
        seconds.labelValues(request.method(), host).observe(took.toNanos() / 1e9);
    }
}
