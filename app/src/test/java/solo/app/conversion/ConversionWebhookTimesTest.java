package solo.app.conversion;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long the webhook waits for the other end: Go's 10 s for the rest of a request, 10 s until an answer is read, 15 s
 * for another request. The JDK's server is told so before its first use in a process, and looks for the last every 10 s:
 * so a process of its own, and clients that wait at the same time.
 */
class ConversionWebhookTimesTest {

    /** More than what a server sends before anybody has read it. */
    private static final int MUCH = 12 << 20;

    private static final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private static @Nullable Process webhook;
    private static @Nullable Future<Duration> afterHalfARequest;
    private static @Nullable Future<Duration> afterAnAnswer;
    private static @Nullable Future<Integer> readTooLate;
    private static @Nullable Future<String> askedMeanwhile;

    @BeforeAll
    static void clients_wait(@TempDir Path folder) throws Exception {
        PemFiles pem = PemFiles.made(folder, "EC");
        pem.writeTo(folder.resolve("tls.crt"), folder.resolve("tls.key"));
        int port = freePort();
        webhook = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "solo.app.Main",
                        "snapshot-conversion-webhook",
                        "--port=" + port,
                        "--tls-cert-file=" + folder.resolve("tls.crt"),
                        "--tls-private-key-file=" + folder.resolve("tls.key")))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        SSLContext tls = pem.trusted();
        awaitListening(port);
        afterHalfARequest = clients.submit(timed(client(tls, port, socket -> {
            send(socket, head("POST /convert", MUCH) + "{");
            return read(socket);
        })));
        afterAnAnswer = clients.submit(timed(client(tls, port, socket -> {
            send(socket, head("GET /readyz", 0));
            return read(socket);
        })));
        readTooLate = clients.submit(client(tls, port, socket -> {
            String review = review("x".repeat(MUCH));
            send(socket, head("POST /convert", review.length()) + review);
            Thread.sleep(Duration.ofSeconds(30));
            return read(socket);
        }));
        askedMeanwhile = clients.submit(client(tls, port, socket -> {
            Thread.sleep(Duration.ofSeconds(13));
            socket.setSoTimeout(12_000);
            String review = review("");
            send(socket, head("POST /convert", review.length()) + review);
            return new String(socket.getInputStream().readNBytes("HTTP/1.1 200".length()), StandardCharsets.UTF_8);
        }));
    }

    @AfterAll
    static void stop() {
        clients.shutdownNow();
        if (webhook != null) {
            webhook.destroyForcibly();
        }
    }

    @Test
    void the_rest_of_a_request_is_waited_for_ten_seconds() throws Exception {
        assertThat(requireNonNull(afterHalfARequest).get()).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(20));
    }

    @Test
    void an_answer_that_nobody_reads_for_ten_seconds_is_given_up() throws Exception {
        assertThat(requireNonNull(readTooLate).get()).isLessThan(MUCH);
    }

    @Test
    void and_nobody_else_has_to_wait_for_that() throws Exception {
        assertThat(requireNonNull(askedMeanwhile).get()).isEqualTo("HTTP/1.1 200");
    }

    @Test
    void a_connection_without_a_request_is_closed_after_fifteen_seconds() throws Exception {
        assertThat(requireNonNull(afterAnAnswer).get()).isBetween(Duration.ofSeconds(14), Duration.ofSeconds(29));
    }

    /** What a client does with its connection. */
    private interface Behaviour<T> {
        T of(Socket socket) throws IOException, InterruptedException;
    }

    private static <T> Callable<T> client(SSLContext tls, int port, Behaviour<T> behaviour) {
        return () -> {
            try (Socket socket = tls.getSocketFactory().createSocket()) {
                socket.setReceiveBufferSize(1 << 16);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                socket.setSoTimeout(60_000);
                return behaviour.of(socket);
            }
        };
    }

    private static Callable<Duration> timed(Callable<?> client) {
        return () -> {
            long begun = System.nanoTime();
            var _ = client.call();
            return Duration.ofNanos(System.nanoTime() - begun);
        };
    }

    private static String head(String request, int length) {
        return request
                + " HTTP/1.1\r\nHost: webhook\r\nContent-Type: application/json\r\nAccept: */*\r\nContent-Length: "
                + length + "\r\n\r\n";
    }

    private static String review(String note) {
        return """
            {"apiVersion": "apiextensions.k8s.io/v1", "kind": "ConversionReview", "request": {"uid": "u",
             "desiredAPIVersion": "groupsnapshot.storage.k8s.io/v1", "objects": [
              {"apiVersion": "groupsnapshot.storage.k8s.io/v1beta2", "kind": "VolumeGroupSnapshotContent",
               "metadata": {"name": "one", "annotations": {"note": "NOTE"}}}]}}""".replace("NOTE", note);
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** How much comes until the other end closes, with or without a word. */
    private static int read(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] some = new byte[1 << 16];
        int all = 0;
        try {
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                all += read;
            }
        } catch (SocketTimeoutException never) {
            throw never;
        } catch (IOException reset) {
            // closed as well
        }
        return all;
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }

    private static void awaitListening(int port) throws InterruptedException {
        for (int attempt = 0; attempt < 300; attempt++) {
            try (Socket tried = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(tried.isConnected()).isTrue();
                return;
            } catch (IOException notYet) {
                Thread.sleep(100);
            }
        }
        throw new AssertionError("the webhook does not listen");
    }
}
