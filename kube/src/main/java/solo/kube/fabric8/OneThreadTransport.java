package solo.kube.fabric8;

import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * fabric8 over the JDK's HTTP client: one HTTP/2 connection for everything, worked by the client's own thread alone, and
 * a new connection when the old one falls silent. With an executor every frame goes from thread to thread, which is a
 * sixth of what Solo computes under load. So nothing that goes on from an answer may block: what waits for one
 * ({@link ApiRequests}) wakes up on its own thread, events of watches are taken in elsewhere, and pages of lists are
 * read at once.
 */
final class OneThreadTransport extends JdkHttpClientFactory {

    private final RequestMetrics metrics;

    OneThreadTransport(RequestMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    protected HttpClient.Builder createNewHttpClientBuilder() {
        return new RenewingBuilder(HttpClient.newBuilder().executor(Runnable::run), metrics);
    }

    /** Collects fabric8's settings and builds a client that can be built again. */
    private record RenewingBuilder(HttpClient.Builder builder, RequestMetrics metrics) implements HttpClient.Builder {

        @Override
        public HttpClient build() {
            return new RenewingHttpClient(builder::build, metrics);
        }

        @Override
        public HttpClient.Builder cookieHandler(CookieHandler handler) {
            builder.cookieHandler(handler);
            return this;
        }

        @Override
        public HttpClient.Builder connectTimeout(Duration duration) {
            builder.connectTimeout(duration);
            return this;
        }

        @Override
        public HttpClient.Builder sslContext(SSLContext context) {
            builder.sslContext(context);
            return this;
        }

        @Override
        public HttpClient.Builder sslParameters(SSLParameters parameters) {
            builder.sslParameters(parameters);
            return this;
        }

        @Override
        public HttpClient.Builder executor(Executor executor) {
            builder.executor(executor);
            return this;
        }

        @Override
        public HttpClient.Builder followRedirects(HttpClient.Redirect policy) {
            builder.followRedirects(policy);
            return this;
        }

        @Override
        public HttpClient.Builder version(HttpClient.Version version) {
            builder.version(version);
            return this;
        }

        @Override
        public HttpClient.Builder priority(int priority) {
            builder.priority(priority);
            return this;
        }

        @Override
        public HttpClient.Builder proxy(ProxySelector selector) {
            builder.proxy(selector);
            return this;
        }

        @Override
        public HttpClient.Builder authenticator(Authenticator authenticator) {
            builder.authenticator(authenticator);
            return this;
        }
    }
}
