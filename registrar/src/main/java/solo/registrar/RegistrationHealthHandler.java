package solo.registrar;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import solo.csi.UnixSocket;

/** Puts {@link RegistrationHealth} behind /healthz; any method is a question, as in Go. */
public final class RegistrationHealthHandler implements HttpHandler {
    private final UnixSocket socket;
    private final String driverName;
    private final Duration timeout;

    public RegistrationHealthHandler(UnixSocket socket, String driverName, Duration timeout) {
        this.socket = socket;
        this.driverName = driverName;
        this.timeout = timeout;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            RegistrationHealth health = RegistrationHealth.check(socket, driverName, timeout);
            byte[] body = health.text().getBytes(StandardCharsets.UTF_8);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(health.httpStatus(), head ? -1 : body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(head ? new byte[0] : body);
            }
        }
    }
}
