package solo.kube.fabric8;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.kube.AdaptiveLimit;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Clock;
import solo.kube.Cluster;
import solo.kube.FencedWrites;
import solo.kube.Health;
import solo.kube.History;
import solo.kube.Kind;
import solo.kube.Leadership;
import solo.kube.TokenBucket;
import solo.kube.Writes;
import solo.kube.model.Json;

/** The connection to one API server, and the ports made on it. Everything shares its one HTTP/2 connection. */
public final class KubernetesConnection implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KubernetesConnection.class);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(5);

    /** A fixed limit as the Go sidecars have it: {@code --kube-api-qps} and {@code --kube-api-burst}. */
    public record Rate(double qps, int burst) {}

    /**
     * @param kubeconfig from the command line, or null to look in the usual places
     * @param master the server's address if it is another than the kubeconfig says, or null
     * @param rate a fixed limit besides the adaptive one, or null for none
     * @param version of Solo, for the user agent
     */
    public record Options(
            @Nullable Path kubeconfig,
            @Nullable String master,
            @Nullable Rate rate,
            String version) {

        public Options(@Nullable Path kubeconfig, @Nullable Rate rate, String version) {
            this(kubeconfig, null, rate, version);
        }
    }

    private final KubernetesClient client;
    private final LimitedRequests limited;
    private final AdaptiveLimit limit;
    private final InformedCluster cluster;
    private final RequestMetrics metrics;

    private KubernetesConnection(KubernetesClient client, @Nullable Rate rate, RequestMetrics metrics) {
        this.client = client;
        this.metrics = metrics;
        this.limit = new AdaptiveLimit(Clock.SYSTEM);
        this.limited =
                new LimitedRequests(requests(client, REQUEST_TIMEOUT), limit, rate == null ? null : bucket(rate));
        this.cluster = new InformedCluster(client, limited, Clock.SYSTEM);
    }

    /** Connects and asks the server who we are, within a few seconds. */
    public static KubernetesConnection open(Options options) throws ConnectionProblem {
        return open(options, System.getenv(), Path.of(System.getProperty("user.home", "/")));
    }

    static KubernetesConnection open(Options options, Map<String, String> environment, Path home)
            throws ConnectionProblem {
        Kubeconfig kubeconfig = Kubeconfig.find(options.kubeconfig(), environment, home);
        Config config = kubeconfig.config();
        if (options.master() != null) {
            config.setMasterUrl(options.master().endsWith("/") ? options.master() : options.master() + "/");
        }
        config.setUserAgent("solo/" + options.version());
        // Watches then share the HTTP/2 connection instead of opening a WebSocket each.
        config.setOnlyHttpWatches(true);
        // The work queue and the informers do the trying again.
        config.setRequestRetryBackoffLimit(0);
        config.setRequestTimeout((int) REQUEST_TIMEOUT.toMillis());
        config.setConnectionTimeout((int) FIRST_ANSWER.toMillis());
        RequestMetrics metrics = new RequestMetrics();
        KubernetesClient client;
        try {
            client = new KubernetesClientBuilder()
                    .withConfig(config)
                    // What watches bring is taken in here, in the order of each watch.
                    .withTaskExecutor(Executors.newThreadPerTaskExecutor(
                            Thread.ofVirtual().name("kube-watch-", 0).factory()))
                    .withHttpClientFactory(new OneThreadTransport(metrics))
                    .withHttpClientBuilderConsumer(
                            http -> http.addOrReplaceInterceptor("lean-watches", new LeanWatches()))
                    .withKubernetesSerialization(TreeSerialization.create())
                    .build();
        } catch (RuntimeException e) {
            throw new ConnectionProblem(
                    "the credentials in " + kubeconfig.origin() + " cannot be used: " + e.getMessage(), e);
        }
        try {
            String user = whoAmI(requests(client, FIRST_ANSWER), kubeconfig);
            log.info("connected server={} user={} config=\"{}\"", config.getMasterUrl(), user, kubeconfig.origin());
            return new KubernetesConnection(client, options.rate(), metrics);
        } catch (ConnectionProblem e) {
            client.close();
            throw e;
        }
    }

    /** The read port; one for the whole process. */
    public Cluster cluster() {
        return cluster;
    }

    /** What became of objects before the caches were filled. */
    public History history() {
        return cluster;
    }

    /** The write port, open only while {@code leadership} holds. */
    public Writes writes(Leadership leadership) {
        return new FencedWrites(new ApiWrites(limited, cluster), leadership);
    }

    /** The same port for work that has to stay below a rate of its own. */
    public Writes writes(Leadership leadership, Rate rate) {
        Requests slower = new LimitedRequests(requests(client, REQUEST_TIMEOUT), limit, bucket(rate));
        return new FencedWrites(new ApiWrites(slower, cluster), leadership);
    }

    /** Whether we may list a kind in all namespaces; a kind that is not served cannot be listed either. */
    public boolean mayList(Kind.Resource resource) throws ApiException {
        try {
            var _ = limited.send(ApiRequest.get(ApiRequest.collection(resource, "") + "?limit=1"));
            return true;
        } catch (ApiException e) {
            if (e.failure() == Failure.FORBIDDEN || e.failure() == Failure.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /** Whether the server serves a kind in this version (a CRD may be missing, an API may be newer than the server). */
    public boolean serves(Kind.Resource resource) throws ApiException {
        String path = (resource.group().isEmpty() ? "/api/" : "/apis/") + resource.apiVersion();
        try {
            return limited.send(ApiRequest.get(path)).at("resources").items().stream()
                    .anyMatch(one -> resource.plural().equals(one.at("name").text()));
        } catch (ApiException e) {
            if (e.failure() == Failure.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /** The namespace of the current context or of the pod; {@code default} if there is none. */
    public String namespace() {
        String namespace = client.getNamespace();
        return namespace == null || namespace.isEmpty() ? "default" : namespace;
    }

    /** Shows the {@code rest_client_*} metrics of this connection; once for a registry. */
    public void showRequests(PrometheusRegistry registry) {
        metrics.showIn(registry);
    }

    /** The watches and how many requests are in flight. */
    public Health health() {
        Health watches = cluster.health();
        return new Health(
                "api-server",
                Health.Status.OK,
                "in flight " + limit.inFlight() + " of " + limit.limit(),
                watches.parts());
    }

    /** Posts events; one recorder for the whole process, one face of it for each controller. */
    public EventRecorder events(PrometheusRegistry metrics) {
        return new EventRecorder(limited, Clock.SYSTEM, metrics);
    }

    /** Competes for a lease. Its requests wait for nobody and give up in time to try twice within the deadline. */
    public LeaseElection election(LeaseOptions options, PrometheusRegistry metrics) {
        Duration half = options.timing().renewDeadline().dividedBy(2);
        Duration timeout = half.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : half;
        return new LeaseElection(requests(client, timeout), Clock.SYSTEM, options, metrics);
    }

    @Override
    public void close() {
        cluster.close();
        client.close();
    }

    private static ApiRequests requests(KubernetesClient client, Duration timeout) {
        return new ApiRequests(
                client.getHttpClient(), URI.create(client.getMasterUrl().toString()), timeout);
    }

    private static TokenBucket bucket(Rate rate) {
        return new TokenBucket(Clock.SYSTEM, rate.burst(), Duration.ofNanos((long) (1e9 / rate.qps())));
    }

    /** SelfSubjectReview is open to every user (Kubernetes 1.28); it shows credentials that nobody honours. */
    private static String whoAmI(Requests requests, Kubeconfig kubeconfig) throws ConnectionProblem {
        String server = kubeconfig.config().getMasterUrl();
        Json answer;
        try {
            answer = requests.send(new ApiRequest(
                    "POST",
                    "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                    "application/json",
                    Map.of("apiVersion", "authentication.k8s.io/v1", "kind", "SelfSubjectReview")));
        } catch (ApiException e) {
            return switch (e.failure()) {
                case FORBIDDEN ->
                    throw new ConnectionProblem(
                            "the API server at " + server + " does not accept the credentials of " + kubeconfig.origin()
                                    + " (" + lastPart(e) + ")",
                            e);
                case UNAVAILABLE -> throw new ConnectionProblem(unreachable(server, kubeconfig, e), e);
                case NOT_FOUND, CONFLICT, ALREADY_EXISTS, INVALID, TOO_MANY_REQUESTS, NOT_LEADING, OTHER -> "unknown";
            };
        }
        String user = answer.at("status", "userInfo", "username").text("unknown");
        if (user.equals("system:anonymous")) {
            throw new ConnectionProblem("the API server at " + server + " sees us as nobody (system:anonymous): "
                    + kubeconfig.origin() + " holds no credentials that it knows");
        }
        return user;
    }

    private static String unreachable(String server, Kubeconfig kubeconfig, ApiException e) {
        String why = "does not answer";
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            switch (cause) {
                case UnresolvedAddressException _, UnknownHostException _ -> {
                    return "the host name of the API server cannot be resolved: " + server + " (from "
                            + kubeconfig.origin() + ")";
                }
                case SSLException tls ->
                    why = "cannot be trusted ("
                            + String.valueOf(tls.getMessage()).replace('\n', ' ') + ")";
                case ConnectException _ -> why = "refuses connections; is the cluster running?";
                case HttpTimeoutException _, TimeoutException _ ->
                    why = "does not answer within " + FIRST_ANSWER.toSeconds() + " s";
                default -> {}
            }
        }
        return "the API server at " + server + " (from " + kubeconfig.origin() + ") " + why;
    }

    private static String lastPart(ApiException e) {
        String message = String.valueOf(e.getMessage());
        return message.substring(message.indexOf(": ") + 2);
    }
}
