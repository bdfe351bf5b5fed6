package solo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solo.app.HttpEndpoint.Answer;

class HttpEndpointTest {

    private static HttpResponse<String> get(HttpEndpoint endpoint, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + endpoint.port() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        }
    }

    @Test
    void metrics_come_in_prometheus_text_format() throws Exception {
        PrometheusRegistry registry = new PrometheusRegistry();
        Counter.builder().name("claims_total").register(registry).inc();
        try (HttpEndpoint endpoint =
                HttpEndpoint.open("127.0.0.1:0", Map.of("/metrics", HttpEndpoint.metrics(registry)))) {
            assertThat(get(endpoint, "/metrics").body()).contains("claims_total 1.0");
        }
    }

    @Test
    void a_health_path_answers_with_status_and_text_and_other_paths_are_not_found() throws Exception {
        try (HttpEndpoint endpoint = HttpEndpoint.open(
                "127.0.0.1:0", Map.of("/healthz", HttpEndpoint.health(() -> new Answer(500, "driver: no answer"))))) {
            HttpResponse<String> sick = get(endpoint, "/healthz");
            assertThat(sick.statusCode()).isEqualTo(500);
            assertThat(sick.body()).isEqualTo("driver: no answer");
            assertThat(get(endpoint, "/healthz/else").statusCode()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"8080", "localhost", ":http", ":70000", ""})
    void what_is_no_address_is_refused_in_one_sentence(String address) {
        assertThatThrownBy(() -> HttpEndpoint.parse("--http-endpoint", address))
                .isInstanceOf(StartupProblem.class)
                .hasMessage("--http-endpoint: '" + address + "' is no address; write :8080 or 127.0.0.1:8080");
    }

    @Test
    void a_taken_port_is_told_with_what_to_do() throws Exception {
        try (HttpEndpoint first = HttpEndpoint.open("127.0.0.1:0", Map.of())) {
            assertThatThrownBy(() -> HttpEndpoint.open("127.0.0.1:" + first.port(), Map.of()))
                    .isInstanceOf(StartupProblem.class)
                    .hasMessageContaining("cannot listen at 127.0.0.1:" + first.port())
                    .hasMessageContaining("choose another port");
        }
    }
}
