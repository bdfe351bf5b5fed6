package solo.app.conversion;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.kube.model.Json;
import tools.jackson.core.JacksonException;

/** {@code /convert}: a review in, a review out. What is no review gets status 400 and one sentence. */
final class ConversionHandler implements HttpHandler {

    private static final Logger log = LoggerFactory.getLogger(ConversionHandler.class);

    /** A list of the API server is one review, about 2 KB an object. */
    private static final int MOST_BYTES = 64 << 20;

    /** How long the other end may take to read an answer; Go's WriteTimeout. */
    private static final Duration READ_WITHIN = Duration.ofSeconds(10);

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String contentType = exchange.getRequestHeaders().getFirst("Content-Type");
        String accept = exchange.getRequestHeaders().getFirst("Accept");
        TextFormat given = TextFormat.of(contentType);
        TextFormat wanted = TextFormat.accepted(accept);
        if (given == null) {
            refuse(
                    exchange,
                    "the Content-Type must be application/json or application/yaml, not '" + contentType + "'");
            return;
        }
        if (wanted == null) {
            refuse(exchange, "only application/json and application/yaml are answered, not '" + accept + "'");
            return;
        }
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            refuse(exchange, "the body has more than " + MOST_BYTES + " bytes");
            return;
        }
        switch (answer(given, body)) {
            case ConversionReview.Answer.Reviewed(var review) -> {
                Json result = new Json(review).at("response", "result");
                if (!result.at("status").text("").equals("Success")) {
                    log.warn("not converted: {}", result.at("message").text(""));
                }
                send(exchange, 200, wanted.mediaType(), wanted.write(review));
            }
            case ConversionReview.Answer.NoReview(String sentence) -> refuse(exchange, sentence);
        }
    }

    private static ConversionReview.Answer answer(TextFormat format, byte[] body) {
        try {
            return ConversionReview.answer(format.read(body));
        } catch (JacksonException malformed) {
            return new ConversionReview.Answer.NoReview("the body is no " + format);
        }
    }

    private static void refuse(HttpExchange exchange, String sentence) throws IOException {
        log.warn("a request that is no question: {}", sentence);
        send(exchange, 400, "text/plain; charset=utf-8", (sentence + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length);
            write(exchange.getResponseBody(), body);
        }
    }

    /**
     * An interrupt closes the connection. The JDK's own limit (sun.net.httpserver.maxRspTime) would have one thread wait
     * for this one, with a lock that every other request needs.
     */
    private static void write(OutputStream out, byte[] body) throws IOException {
        Thread writer = Thread.currentThread();
        Thread deadline = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(READ_WITHIN);
                writer.interrupt();
            } catch (InterruptedException written) {
                // in time
            }
        });
        try {
            out.write(body);
        } finally {
            deadline.interrupt();
        }
    }
}
