package solo.kube.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RenewingHttpClientTest {

    private final ServerSocket server;
    private final List<HttpClient> built = new ArrayList<>();
    private final HttpClient client = new RenewingHttpClient(this::build, new RequestMetrics());
    private volatile boolean silent;

    RenewingHttpClientTest() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void close() throws IOException {
        client.shutdownNow();
        server.close();
    }

    @Test
    void a_client_that_gets_no_answer_three_times_is_replaced_and_its_requests_end() {
        silent = true;
        CompletableFuture<?> watch = get(null);
        for (int i = 0; i < RenewingHttpClient.TIMEOUTS; i++) {
            assertThat(built).hasSize(1);
            await().until(get(Duration.ofMillis(50))::isCompletedExceptionally);
        }
        await().until(() -> built.size() == 2);
        await().until(watch::isCompletedExceptionally);
        silent = false;
        assertThat(get(Duration.ofSeconds(5))).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void an_answer_in_between_proves_that_the_connection_lives() {
        for (int i = 0; i < 2 * RenewingHttpClient.TIMEOUTS; i++) {
            silent = true;
            await().until(get(Duration.ofMillis(50))::isCompletedExceptionally);
            silent = false;
            assertThat(get(Duration.ofSeconds(5))).succeedsWithin(Duration.ofSeconds(5));
        }
        assertThat(built).hasSize(1);
    }

    private HttpClient build() {
        HttpClient one = HttpClient.newHttpClient();
        built.add(one);
        return one;
    }

    private CompletableFuture<?> get(@Nullable Duration timeout) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"));
        if (timeout != null) {
            request.timeout(timeout);
        }
        return client.sendAsync(request.build(), BodyHandlers.ofString());
    }

    private void serve() {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> answer(socket));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void answer(Socket socket) {
        try (socket;
                InputStream in = socket.getInputStream()) {
            byte[] request = new byte[4096];
            while (in.read(request) > 0) {
                if (!silent) {
                    socket.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException gone) {
            // the client gave up
        }
    }
}
