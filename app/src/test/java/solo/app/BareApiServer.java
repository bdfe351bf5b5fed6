package solo.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** An API server that knows who asks and one Lease, and remembers what it was asked; it serves next to nothing else. */
final class BareApiServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final @Nullable String holder;
    private final List<String> groups;
    private final Map<String, String> objects = new ConcurrentHashMap<>();

    /**
     * @param holder of the Lease; null if there is no Lease yet
     * @param groups of which every kind is served, without objects
     */
    BareApiServer(@Nullable String holder, String... groups) throws IOException {
        this.holder = holder;
        this.groups = List.of(groups);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** One object of its own; {@code list} is the path under which its kind is listed. */
    void serve(String list, String json) {
        objects.put(list, json);
    }

    /** Method and path of every request so far, without queries. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    /** How to reach it; the context names the namespace {@code of-the-kubeconfig}. */
    Path kubeconfig(Path folder) throws IOException {
        return Files.writeString(
                folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: u, user: {}}]
                contexts: [{name: x, context: {cluster: c, user: u, namespace: of-the-kubeconfig}}]
                current-context: x
                """.formatted(server.getAddress().getPort()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(exchange.getRequestMethod() + " " + path);
        byte[] sent = exchange.getRequestBody().readAllBytes();
        if (path.endsWith("/selfsubjectreviews")) {
            reply(exchange, 201, "{\"status\": {\"userInfo\": {\"username\": \"test\"}}}");
        } else if (path.contains("/leases/") && holder != null && !isWatch(exchange)) {
            reply(exchange, 200, """
                    {"kind": "Lease", "metadata": {"resourceVersion": "1"},
                     "spec": {"holderIdentity": "%s", "leaseDurationSeconds": 3600}}
                    """.formatted(holder));
        } else if (path.endsWith("/leases") && exchange.getRequestMethod().equals("POST")) {
            reply(exchange, 201, new String(sent, StandardCharsets.UTF_8));
        } else if (objects.containsKey(path) && exchange.getRequestMethod().equals("GET") && !isWatch(exchange)) {
            reply(exchange, 200, """
                    {"kind": "List", "metadata": {"resourceVersion": "1"}, "items": [%s]}
                    """.formatted(objects.get(path)));
        } else if (exchange.getRequestMethod().equals("POST")
                && groups.stream().anyMatch(group -> path.startsWith("/apis/" + group + "/"))) {
            reply(exchange, 201, new String(sent, StandardCharsets.UTF_8));
        } else if (groups.stream().anyMatch(group -> path.startsWith("/apis/" + group + "/")) && !isWatch(exchange)) {
            reply(exchange, 200, "{\"kind\": \"List\", \"metadata\": {\"resourceVersion\": \"1\"}, \"items\": []}");
        } else {
            reply(exchange, 404, "{\"kind\": \"Status\", \"reason\": \"NotFound\", \"code\": 404}");
        }
    }

    private static boolean isWatch(HttpExchange exchange) {
        String query = exchange.getRequestURI().getQuery();
        return query != null && query.contains("watch");
    }

    private static void reply(HttpExchange exchange, int status, String json) throws IOException {
        try (exchange) {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
