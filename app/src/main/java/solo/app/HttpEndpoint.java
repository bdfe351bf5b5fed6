package solo.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** The HTTP server of the process; every path answers on a virtual thread, so a slow reader holds up nobody. */
public final class HttpEndpoint implements AutoCloseable {

    /** What a health path says: the status and one text. */
    public record Answer(int status, String body) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private HttpEndpoint(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
    }

    /** Listens at {@code [host]:port} and serves the handlers by their exact paths. */
    public static HttpEndpoint open(String address, Map<String, HttpHandler> handlers) throws StartupProblem {
        return open("--http-endpoint", address, handlers);
    }

    /** The same for the address of another flag. */
    public static HttpEndpoint open(String flag, String address, Map<String, HttpHandler> handlers)
            throws StartupProblem {
        return open(flag, address, handlers, HttpServer::create);
    }

    /** The same by HTTPS. */
    public static HttpEndpoint openTls(String flag, String address, Map<String, HttpHandler> handlers, SSLContext tls)
            throws StartupProblem {
        return open(flag, address, handlers, (socket, backlog) -> {
            HttpsServer server = HttpsServer.create(socket, backlog);
            server.setHttpsConfigurator(new HttpsConfigurator(tls));
            return server;
        });
    }

    /** How a server of one kind is made. */
    private interface Listening {
        HttpServer at(InetSocketAddress socket, int backlog) throws IOException;
    }

    private static HttpEndpoint open(
            String flag, String address, Map<String, HttpHandler> handlers, Listening listening) throws StartupProblem {
        InetSocketAddress socket = parse(flag, address);
        try {
            HttpServer server = listening.at(socket, 0);
            handlers.forEach((path, handler) -> server.createContext(path, exact(path, handler)));
            HttpEndpoint endpoint = new HttpEndpoint(server);
            server.start();
            return endpoint;
        } catch (IOException cannotListen) {
            throw new StartupProblem(
                    flag + ": cannot listen at " + address + " (" + cannotListen.getMessage()
                            + "); choose another port or stop what uses it",
                    cannotListen);
        }
    }

    static InetSocketAddress parse(String flag, String address) throws StartupProblem {
        int colon = address.lastIndexOf(':');
        try {
            int port = Integer.parseInt(address.substring(colon + 1));
            String host = colon < 0 ? "" : address.substring(0, colon);
            if (colon >= 0 && port >= 0 && port <= 65535) {
                return host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
            }
        } catch (NumberFormatException noPort) {
            // said below, like every other wrong address
        }
        throw new StartupProblem(flag + ": '" + address + "' is no address; write :8080 or 127.0.0.1:8080");
    }

    /** The port it listens on, also when 0 was asked for. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** The registry in Prometheus' text format. */
    public static HttpHandler metrics(PrometheusRegistry registry) {
        PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
        return exchange -> {
            var body = new ByteArrayOutputStream();
            writer.write(body, registry.scrape());
            send(exchange, 200, writer.getContentType(), body.toByteArray());
        };
    }

    /** A path that answers with a status and a text. */
    public static HttpHandler health(Supplier<Answer> answer) {
        return exchange -> {
            Answer now = answer.get();
            send(exchange, now.status(), "text/plain; charset=utf-8", now.body().getBytes(StandardCharsets.UTF_8));
        };
    }

    private static HttpHandler exact(String path, HttpHandler handler) {
        return exchange -> {
            if (exchange.getRequestURI().getPath().equals(path)) {
                handler.handle(exchange);
            } else {
                send(exchange, 404, "text/plain", "404 page not found\n".getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
