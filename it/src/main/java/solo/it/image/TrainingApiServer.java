package solo.it.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import solo.it.cluster.Command;

/**
 * Just enough of an API server for Solo to start against and to provision one claim: lists with one class and one claim
 * in them, watches in which nothing happens, and an echo for whatever is written.
 */
final class TrainingApiServer implements AutoCloseable {

    private static final String PASSWORD = "training";

    private static final Map<String, String> LISTS = Map.of(
            "/apis/storage.k8s.io/v1/storageclasses", """
            {"metadata": {"name": "fast", "uid": "1", "resourceVersion": "1"}, "provisioner": "local.csi.solo",
             "reclaimPolicy": "Delete", "volumeBindingMode": "Immediate", "parameters": {"backend": "dir"}}""",
            "/api/v1/persistentvolumeclaims", """
            {"metadata": {"name": "data", "namespace": "default", "uid": "2", "resourceVersion": "2",
               "annotations": {"volume.kubernetes.io/storage-provisioner": "local.csi.solo"}},
             "spec": {"storageClassName": "fast", "accessModes": ["ReadWriteOnce"], "volumeMode": "Filesystem",
               "resources": {"requests": {"storage": "1Mi"}}}, "status": {"phase": "Pending"}}""");

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch volume = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final Path folder;
    private final KeyStore keys;

    /**
     * @param folder for its key
     */
    TrainingApiServer(Path folder) throws IOException, GeneralSecurityException {
        this.folder = folder;
        this.keys = keys();
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private KeyStore keys() throws IOException, GeneralSecurityException {
        Path store = folder.resolve("training.p12");
        new Command(
                        "making a key for the training run",
                        Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=training",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .output();
        return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    }

    String kubeconfig() throws GeneralSecurityException {
        String authority = Base64.getEncoder()
                .encodeToString(("-----BEGIN CERTIFICATE-----\n"
                                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                        .encodeToString(
                                                keys.getCertificate("server").getEncoded())
                                + "\n-----END CERTIFICATE-----\n")
                        .getBytes(UTF_8));
        return """
                apiVersion: v1
                kind: Config
                current-context: training
                contexts: [{name: training, context: {cluster: training, user: training}}]
                clusters:
                  - name: training
                    cluster: {server: "https://127.0.0.1:%d", certificate-authority-data: %s}
                users: [{name: training, user: {token: none}}]
                """.formatted(server.getAddress().getPort(), authority);
    }

    /** Waits until the claim's volume has been written. */
    boolean awaitVolume(long seconds) throws InterruptedException {
        return volume.await(seconds, TimeUnit.SECONDS);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        byte[] body = exchange.getRequestBody().readAllBytes();
        try (exchange) {
            if (query.contains("watch=true") || query.contains("watch=1")) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().flush();
                end.await();
            } else if (!exchange.getRequestMethod().equals("GET")) {
                reply(exchange, exchange.getRequestMethod().equals("POST") ? 201 : 200, body);
                if (path.equals("/api/v1/persistentvolumes")) {
                    volume.countDown();
                }
            } else if (path.contains("/leases/") || path.contains("/snapshot.")) {
                reply(exchange, 404, "{\"kind\": \"Status\", \"code\": 404, \"reason\": \"NotFound\"}".getBytes(UTF_8));
            } else {
                String items = LISTS.getOrDefault(path, "");
                reply(exchange, 200, """
                        {"kind": "List", "apiVersion": "v1", "metadata": {"resourceVersion": "9"}, "items": [%s]}""".formatted(items).getBytes(UTF_8));
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().put("Content-Type", List.of("application/json"));
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() throws IOException {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
        Files.deleteIfExists(folder.resolve("training.p12"));
    }
}
