package solo.livenessprobe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Puts {@link Liveness} behind /healthz; any method is a question, as in Go. */
public final class LivenessHandler implements HttpHandler {
    private final Liveness liveness;

    public LivenessHandler(Liveness liveness) {
        this.liveness = liveness;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            ProbeResult result = liveness.check();
            byte[] body = result.text().getBytes(StandardCharsets.UTF_8);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(result.httpStatus(), head ? -1 : body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(head ? new byte[0] : body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server is stopping; the connection is simply closed
        }
    }
}
