package solo.kube.fabric8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import solo.kube.model.Json;
import tools.jackson.databind.json.JsonMapper;

/**
 * Objects behind HTTP the way kube-apiserver serves them: list, watch, get, post, put, merge patch, delete, with
 * resourceVersions, conflicts and finalizers. Paths are not checked against any schema.
 */
final class FakeApiServer implements AutoCloseable {

    /** An answer given instead of the real one; code 0 is no answer. */
    record Refusal(int code, String reason, Map<String, String> headers) {}

    record Seen(String method, String path, String mediaType, String userAgent) {}

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final Map<String, Map<String, Object>> objects = new TreeMap<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final List<Event> history = new ArrayList<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Refusal> refusals = new LinkedBlockingQueue<>();
    private int version = 10;
    private boolean mute;

    private record Event(int version, String path, String json) {}

    private record Watcher(String collection, BlockingQueue<String> events) {}

    FakeApiServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Starts counting requests anew. */
    void forget() {
        seen.clear();
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }

    List<Seen> seen(String method) {
        return seen.stream().filter(one -> one.method().equals(method)).toList();
    }

    /** The next request that is no watch is answered so, and not carried out. */
    void refuse(Refusal refusal) {
        refusals.add(refusal);
    }

    void refuse(int code, String reason) {
        refuse(new Refusal(code, reason, Map.of()));
    }

    /** While mute, changes are made and watches do not hear of them. */
    synchronized void mute(boolean on) {
        mute = on;
    }

    /** Ends every open watch as the server does when its time is over. */
    void endWatches() {
        watchers.forEach(watcher -> watcher.events().add(""));
    }

    /** Tells every open watch that its version is too old. */
    void expireWatches() {
        watchers.forEach(watcher -> watcher.events()
                .add(JSON.writeValueAsString(Map.of(
                        "type",
                        "ERROR",
                        "object",
                        Map.of(
                                "apiVersion",
                                "v1",
                                "kind",
                                "Status",
                                "code",
                                410,
                                "reason",
                                "Expired",
                                "message",
                                "too old resource version")))));
    }

    int openWatches() {
        return watchers.size();
    }

    synchronized @Nullable Map<String, Object> object(String path) {
        return objects.get(path);
    }

    /** Creates or replaces an object as somebody else would. */
    synchronized void put(String path, Map<String, Object> object) {
        Map<String, Object> before = objects.get(path);
        Map<String, Object> stored = new LinkedHashMap<>(object);
        Map<String, Object> meta = metadata(object);
        meta.put("name", path.substring(path.lastIndexOf('/') + 1));
        int namespaces = path.indexOf("/namespaces/");
        if (namespaces >= 0) {
            meta.put("namespace", path.substring(namespaces + 12, path.indexOf('/', namespaces + 12)));
        }
        meta.put(
                "uid",
                before == null ? UUID.randomUUID().toString() : metadata(before).get("uid"));
        store(path, stored, meta, before == null ? "ADDED" : "MODIFIED");
    }

    synchronized void remove(String path) {
        Map<String, Object> object = objects.remove(path);
        if (object != null) {
            Map<String, Object> meta = metadata(object);
            meta.put("resourceVersion", "" + ++version);
            Map<String, Object> last = new LinkedHashMap<>(object);
            last.put("metadata", meta);
            tell(path, "DELETED", last);
        }
    }

    private void store(String path, Map<String, Object> object, Map<String, Object> meta, String type) {
        meta.put("resourceVersion", "" + ++version);
        object.put("metadata", meta);
        objects.put(path, object);
        tell(path, type, object);
    }

    private void tell(String path, String type, Map<String, Object> object) {
        if (mute) {
            return;
        }
        String event = JSON.writeValueAsString(Map.of("type", type, "object", object));
        history.add(new Event(version, path, event));
        watchers.stream()
                .filter(watcher -> within(watcher.collection(), path))
                .forEach(watcher -> watcher.events().add(event));
    }

    /** {@code /apis/g/v/things} holds {@code /apis/g/v/namespaces/x/things/y} as well. */
    private static boolean within(String collection, String path) {
        String plural = collection.substring(collection.lastIndexOf('/') + 1);
        String parent = path.substring(0, path.lastIndexOf('/'));
        return parent.equals(collection)
                || (!collection.contains("/namespaces/")
                        && parent.startsWith(collection.substring(0, collection.lastIndexOf('/')) + "/namespaces/")
                        && parent.endsWith("/" + plural));
    }

    private void answer(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        String query = uri.getQuery() == null ? "" : uri.getQuery();
        byte[] body = exchange.getRequestBody().readAllBytes();
        seen.add(new Seen(
                exchange.getRequestMethod(),
                uri.toString(),
                header(exchange, "Content-Type"),
                header(exchange, "User-Agent")));
        try (exchange) {
            if (query.contains("watch=")) {
                watch(exchange, uri.getPath(), query);
                return;
            }
            Refusal refusal = refusals.poll();
            if (refusal != null && refusal.code() == 0) {
                // Closing the exchange without headers cuts the connection.
                return;
            }
            if (refusal != null) {
                refusal.headers().forEach(exchange.getResponseHeaders()::set);
                status(exchange, refusal.code(), refusal.reason(), "refused by the test");
                return;
            }
            String method = exchange.getRequestMethod();
            Json tree = new Json(body.length == 0 ? null : JSON.readValue(body, Object.class));
            synchronized (this) {
                carryOut(exchange, method, uri.getPath(), tree);
            }
        }
    }

    private void carryOut(HttpExchange exchange, String method, String fullPath, Json body) throws IOException {
        String path = fullPath.endsWith("/status") ? fullPath.substring(0, fullPath.length() - 7) : fullPath;
        Map<String, Object> object = objects.get(path);
        switch (method) {
            case "GET" -> {
                if (object != null) {
                    reply(exchange, 200, object);
                } else if (path.chars().filter(letter -> letter == '/').count() % 2 == 0) {
                    list(exchange, path);
                } else if (path.endsWith("s")) {
                    list(exchange, path);
                } else {
                    status(exchange, 404, "NotFound", path + " not found");
                }
            }
            case "POST" -> {
                String name = body.at("metadata", "name").text("");
                String created = path + "/" + name;
                if (objects.containsKey(created)) {
                    status(exchange, 409, "AlreadyExists", name + " already exists");
                } else {
                    put(created, map(body.value()));
                    reply(exchange, 201, objects.get(created));
                }
            }
            case "PUT", "PATCH" -> change(exchange, method, path, body);
            case "DELETE" -> delete(exchange, path, body);
            default -> status(exchange, 405, "MethodNotAllowed", method);
        }
    }

    private void change(HttpExchange exchange, String method, String path, Json body) throws IOException {
        Map<String, Object> object = objects.get(path);
        String expected = body.at("metadata", "resourceVersion").text();
        if (object == null) {
            status(exchange, 404, "NotFound", path + " not found");
        } else if (expected != null && !expected.equals(metadata(object).get("resourceVersion"))) {
            status(exchange, 409, "Conflict", "the object has been modified");
        } else {
            Map<String, Object> changed = method.equals("PUT") ? map(body.value()) : merge(object, map(body.value()));
            Map<String, Object> meta = metadata(changed);
            meta.put("uid", metadata(object).get("uid"));
            if (meta.containsKey("deletionTimestamp") && !(meta.get("finalizers") instanceof List<?>)) {
                remove(path);
                changed.put("metadata", meta);
                reply(exchange, 200, changed);
            } else {
                store(path, new LinkedHashMap<>(changed), meta, "MODIFIED");
                reply(exchange, 200, objects.get(path));
            }
        }
    }

    private void delete(HttpExchange exchange, String path, Json options) throws IOException {
        Map<String, Object> object = objects.get(path);
        String uid = options.at("preconditions", "uid").text();
        if (object == null) {
            status(exchange, 404, "NotFound", path + " not found");
        } else if (uid != null && !uid.equals(metadata(object).get("uid"))) {
            status(exchange, 409, "Conflict", "the UID in the precondition does not match");
        } else if (metadata(object).get("finalizers") instanceof List<?>) {
            Map<String, Object> meta = metadata(object);
            meta.put("deletionTimestamp", "2026-11-21T10:00:00Z");
            store(path, new LinkedHashMap<>(object), meta, "MODIFIED");
            reply(exchange, 200, objects.get(path));
        } else {
            remove(path);
            reply(exchange, 200, Map.of("kind", "Status", "apiVersion", "v1", "status", "Success"));
        }
    }

    private void list(HttpExchange exchange, String collection) throws IOException {
        List<Object> items = new ArrayList<>();
        objects.forEach((path, object) -> {
            if (within(collection, path)) {
                items.add(object);
            }
        });
        reply(
                exchange,
                200,
                Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "List",
                        "metadata",
                        Map.of("resourceVersion", "" + version),
                        "items",
                        items));
    }

    private void watch(HttpExchange exchange, String collection, String query) throws IOException {
        Watcher watcher = new Watcher(collection, new LinkedBlockingQueue<>());
        synchronized (this) {
            Matcher since = Pattern.compile("resourceVersion=(\\d+)").matcher(query);
            if (since.find()) {
                int from = Integer.parseInt(since.group(1));
                history.stream()
                        .filter(event -> event.version() > from && within(collection, event.path()))
                        .forEach(event -> watcher.events().add(event.json()));
            } else {
                objects.forEach((path, object) -> {
                    if (within(collection, path)) {
                        watcher.events().add(JSON.writeValueAsString(Map.of("type", "ADDED", "object", object)));
                    }
                });
            }
            watchers.add(watcher);
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.flush();
            while (true) {
                String event = watcher.events().poll(60, TimeUnit.SECONDS);
                if (event == null || event.isEmpty()) {
                    return;
                }
                byte[] bytes = (event + "\n").getBytes(StandardCharsets.UTF_8);
                // In two pieces, cut in the middle of whatever is there.
                out.write(bytes, 0, bytes.length / 2);
                out.flush();
                out.write(bytes, bytes.length / 2, bytes.length - bytes.length / 2);
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watchers.remove(watcher);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static void status(HttpExchange exchange, int code, String reason, String message) throws IOException {
        reply(
                exchange,
                code,
                Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Status",
                        "status",
                        "Failure",
                        "code",
                        code,
                        "reason",
                        reason,
                        "message",
                        message));
    }

    private static void reply(HttpExchange exchange, int code, @Nullable Object tree) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(tree);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Map<String, Object> merge(Map<String, Object> target, Map<String, Object> patch) {
        Map<String, Object> merged = new LinkedHashMap<>(target);
        patch.forEach((field, value) -> {
            if (value == null) {
                merged.remove(field);
            } else if (value instanceof Map<?, ?> && merged.get(field) instanceof Map<?, ?> inner) {
                merged.put(field, merge(map(inner), map(value)));
            } else {
                merged.put(field, value);
            }
        });
        return merged;
    }

    private static Map<String, Object> metadata(Map<String, Object> object) {
        return new LinkedHashMap<>(map(object.get("metadata")));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object tree) {
        return tree instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    @Override
    public void close() {
        endWatches();
        server.stop(0);
    }
}
