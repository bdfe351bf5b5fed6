package solo.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solo.registrar.RegistrationOptions.TryAgain;

class RegistrationHealthTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(200);

    @TempDir
    Path registry;

    private Registration registration;

    @BeforeEach
    void create() {
        registration =
                new Registration(new RegistrationOptions(registry, "local.csi.solo", "/csi.sock", TryAgain.DEFAULT));
    }

    @AfterEach
    void stop() {
        registration.close();
    }

    @Test
    void a_socket_that_answers_with_the_drivers_name_is_healthy() throws Exception {
        registration.start();

        assertThat(check("local.csi.solo", LONG)).isEqualTo(new RegistrationHealth.Healthy());
    }

    @Test
    void a_missing_socket_is_not_found() {
        RegistrationHealth health = check("local.csi.solo", LONG);

        assertThat(health.httpStatus()).isEqualTo(404);
        assertThat(health.text()).isEqualTo("registration socket does not exist");
    }

    @Test
    void a_file_that_is_no_socket_is_an_error() throws Exception {
        Files.writeString(registration.socket().path(), "x");

        RegistrationHealth health = check("local.csi.solo", LONG);

        assertThat(health.httpStatus()).isEqualTo(500);
        assertThat(health.text()).contains("is not a socket");
    }

    @Test
    void a_socket_of_another_driver_is_an_error() throws Exception {
        registration.start();

        RegistrationHealth health = check("other.csi.solo", LONG);

        assertThat(health.httpStatus()).isEqualTo(500);
        assertThat(health.text()).contains("local.csi.solo").contains("other.csi.solo");
    }

    @Test
    void a_stale_socket_is_an_error() throws Exception {
        try (var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.bind(UnixDomainSocketAddress.of(registration.socket().path()));
        }

        RegistrationHealth health = check("local.csi.solo", LONG);

        assertThat(health.httpStatus()).isEqualTo(500);
        assertThat(health.text()).startsWith("rpc error: code = Unavailable");
    }

    @Test
    void a_socket_that_does_not_answer_in_time_is_an_error() throws Exception {
        try (var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.bind(UnixDomainSocketAddress.of(registration.socket().path()));

            RegistrationHealth health = check("local.csi.solo", SHORT);

            assertThat(health.httpStatus()).isEqualTo(500);
            assertThat(health.text()).startsWith("rpc error: code = DeadlineExceeded");
        }
    }

    @Test
    void the_handler_says_the_same_over_http() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/healthz", new RegistrationHealthHandler(registration.socket(), "local.csi.solo", LONG));
        server.start();
        try {
            URI healthz = URI.create("http://localhost:" + server.getAddress().getPort() + "/healthz");
            assertThat(get(healthz).statusCode()).isEqualTo(404);

            registration.start();
            HttpResponse<String> healthy = get(healthz);
            assertThat(healthy.statusCode()).isEqualTo(200);
            assertThat(healthy.body()).isEqualTo("ok");
        } finally {
            server.stop(0);
        }
    }

    private RegistrationHealth check(String driverName, Duration timeout) {
        return RegistrationHealth.check(registration.socket(), driverName, timeout);
    }

    private static HttpResponse<String> get(URI uri) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
