package solo.livenessprobe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LivenessHandlerTest {
    private final AtomicBoolean ready = new AtomicBoolean(true);
    private HttpServer server;

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/healthz", new LivenessHandler(new Liveness(_ -> ready.get(), Duration.ofSeconds(30))));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void healthz_is_200_ok_while_the_driver_is_ready_and_500_when_it_is_not() throws Exception {
        HttpResponse<String> healthy = ask("GET");
        assertThat(healthy.statusCode()).isEqualTo(200);
        assertThat(healthy.body()).isEqualTo("ok");

        ready.set(false);
        HttpResponse<String> unready = ask("GET");
        assertThat(unready.statusCode()).isEqualTo(500);
        assertThat(unready.body()).isEqualTo("driver responded but is not ready");
    }

    @Test
    void any_http_method_is_a_question() throws Exception {
        assertThat(ask("POST").body()).isEqualTo("ok");
        assertThat(ask("DELETE").statusCode()).isEqualTo(200);
        HttpResponse<String> head = ask("HEAD");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    private HttpResponse<String> ask(String method) throws Exception {
        URI uri = URI.create("http://localhost:" + server.getAddress().getPort() + "/healthz");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(uri)
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
