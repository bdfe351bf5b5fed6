package solo.kube.fabric8;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.kube.Clock;

/**
 * Counts what is sent, and leaves a connection on which nothing is answered any more. When an API server vanishes
 * without a word (its machine died, a load balancer forgot us), the JDK's client keeps sending on the dead HTTP/2
 * connection until TCP gives up, a quarter of an hour later; it has no ping as Go's has. After some timeouts in a row
 * this one starts with a new client, and ends the watches of the old one.
 */
final class RenewingHttpClient extends HttpClient {

    /** In a row, without any answer in between. */
    static final int TIMEOUTS = 3;

    private static final Logger log = LoggerFactory.getLogger(RenewingHttpClient.class);

    private final Supplier<HttpClient> build;
    private final RequestMetrics metrics;
    private HttpClient current;
    private int timeouts;

    RenewingHttpClient(Supplier<HttpClient> build, RequestMetrics metrics) {
        this.build = build;
        this.metrics = metrics;
        this.current = build.get();
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        HttpClient used = current();
        long sent = Clock.SYSTEM.nanos();
        return observed(used, request, sent, used.sendAsync(request, handler));
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, @Nullable PushPromiseHandler<T> pushes) {
        HttpClient used = current();
        long sent = Clock.SYSTEM.nanos();
        return observed(used, request, sent, used.sendAsync(request, handler, pushes));
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return current().send(request, handler);
    }

    private <T> CompletableFuture<HttpResponse<T>> observed(
            HttpClient used, HttpRequest request, long sent, CompletableFuture<HttpResponse<T>> answer) {
        var _ = answer.whenComplete((response, failure) -> {
            metrics.ended(request, response, Duration.ofNanos(Clock.SYSTEM.nanos() - sent));
            judge(used, failure);
        });
        // The same future goes back, so that cancelling it still ends the request.
        return answer;
    }

    private void judge(HttpClient used, @Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        boolean silent = cause instanceof HttpTimeoutException && !(cause instanceof HttpConnectTimeoutException);
        synchronized (this) {
            if (!used.equals(current)) {
                return;
            }
            if (cause == null) {
                timeouts = 0;
            }
            if (!silent || ++timeouts < TIMEOUTS) {
                return;
            }
            timeouts = 0;
            current = build.get();
        }
        log.warn("the API server answered none of {} requests: going on with a new connection", TIMEOUTS);
        used.shutdownNow();
    }

    private synchronized HttpClient current() {
        return current;
    }

    @Override
    public WebSocket.Builder newWebSocketBuilder() {
        return current().newWebSocketBuilder();
    }

    @Override
    public void shutdownNow() {
        current().shutdownNow();
    }

    @Override
    public void shutdown() {
        current().shutdown();
    }

    @Override
    public boolean isTerminated() {
        return current().isTerminated();
    }

    @Override
    public boolean awaitTermination(Duration duration) throws InterruptedException {
        return current().awaitTermination(duration);
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return current().cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return current().connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return current().followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return current().proxy();
    }

    @Override
    public SSLContext sslContext() {
        return current().sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return current().sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return current().authenticator();
    }

    @Override
    public Version version() {
        return current().version();
    }

    @Override
    public Optional<Executor> executor() {
        return current().executor();
    }
}
