package solo.kube.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solo.kube.Clock;
import solo.kube.Kinds;
import solo.kube.fabric8.KubernetesConnection.Options;
import solo.kube.fabric8.LeaseOptions.Timing;

class KubernetesConnectionTest {

    @TempDir
    private Path home;

    @Test
    void a_kubeconfig_that_is_not_there_is_named() {
        Path missing = home.resolve("nowhere");
        assertThat(problem(missing, Map.of())).isEqualTo("the kubeconfig file does not exist: --kubeconfig " + missing);
        assertThat(problem(null, Map.of("KUBECONFIG", missing.toString())))
                .isEqualTo("the kubeconfig file does not exist: KUBECONFIG=" + missing);
    }

    @Test
    void a_folder_is_no_kubeconfig() {
        assertThat(problem(home, Map.of())).startsWith("the kubeconfig file cannot be read: --kubeconfig ");
    }

    @Test
    void a_kubeconfig_that_cannot_be_parsed_is_named() throws IOException {
        Path file = Files.writeString(home.resolve("bad"), "{ this is: [not yaml");
        assertThat(problem(file, Map.of())).startsWith("the kubeconfig file is not valid: --kubeconfig " + file);
    }

    @Test
    void a_kubeconfig_without_a_current_context_is_told_so() throws IOException {
        Path file = Files.writeString(home.resolve("empty"), "apiVersion: v1\nkind: Config\n");
        assertThat(problem(file, Map.of()))
                .isEqualTo("the kubeconfig has no current-context that names a cluster: --kubeconfig " + file);
    }

    @Test
    void where_to_look_is_told_if_no_cluster_is_named() {
        assertThat(problem(null, Map.of())).startsWith("no Kubernetes cluster is named: give --kubeconfig, set KUBE");
    }

    @Test
    void the_usual_place_is_the_last_resort() throws Exception {
        try (FakeApiServer server = new FakeApiServer()) {
            Files.createDirectory(home.resolve(".kube"));
            Files.move(
                    Kubeconfigs.write(home, server.uri()), home.resolve(".kube").resolve("config"));
            KubernetesConnection.open(new Options(null, null, "test"), Map.of(), home)
                    .close();
            assertThat(server.seen("POST")).hasSize(1);
        }
    }

    @Test
    void a_server_that_refuses_connections_is_told_within_seconds() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        String text = soon(URI.create("http://127.0.0.1:" + free));
        assertThat(text)
                .startsWith("the API server at http://127.0.0.1:" + free)
                .endsWith("refuses connections; is the cluster running?");
    }

    @Test
    void a_host_name_that_does_not_resolve_is_told_within_seconds() throws Exception {
        assertThat(soon(URI.create("http://no-such-host.invalid:6443")))
                .startsWith("the host name of the API server cannot be resolved: http://no-such-host.invalid:6443");
    }

    @Test
    void a_server_that_does_not_answer_is_told_within_seconds() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(soon(URI.create("http://127.0.0.1:" + silent.getLocalPort())))
                    .endsWith("does not answer within 5 s");
        }
    }

    @Test
    void credentials_that_are_not_accepted_are_told() throws Exception {
        try (FakeApiServer server = new FakeApiServer()) {
            server.refuse(401, "Unauthorized");
            server.refuse(401, "Unauthorized");
            assertThat(problem(Kubeconfigs.write(home, server.uri()), Map.of()))
                    .contains("does not accept the credentials of --kubeconfig");
        }
    }

    @Test
    void the_address_on_the_command_line_is_asked_with_the_credentials_of_the_kubeconfig() throws Exception {
        try (FakeApiServer named = new FakeApiServer();
                FakeApiServer meant = new FakeApiServer()) {
            Path config = Kubeconfigs.write(home, named.uri());
            Options options = new Options(config, meant.uri().toString(), null, "test");
            KubernetesConnection.open(options, Map.of(), home).close();
            assertThat(named.seen("POST")).isEmpty();
            assertThat(meant.seen("POST")).hasSize(1);
        }
    }

    @Test
    void what_may_not_be_listed_and_what_is_not_there_is_found_out_by_listing_one() throws Exception {
        try (FakeApiServer server = new FakeApiServer();
                KubernetesConnection connection = open(Kubeconfigs.write(home, server.uri()))) {
            assertThat(connection.mayList(Kinds.SNAPSHOT.resource())).isTrue();
            assertThat(server.seen("GET"))
                    .last()
                    .satisfies(request -> assertThat(request.path())
                            .isEqualTo("/apis/snapshot.storage.k8s.io/v1/volumesnapshots?limit=1"));
            server.refuse(403, "Forbidden");
            assertThat(connection.mayList(Kinds.SNAPSHOT.resource())).isFalse();
            server.refuse(404, "NotFound");
            assertThat(connection.mayList(Kinds.SNAPSHOT.resource())).isFalse();
        }
    }

    @Test
    void a_stopped_leader_hands_over_in_under_two_seconds() throws Exception {
        try (FakeApiServer server = new FakeApiServer()) {
            Path config = Kubeconfigs.write(home, server.uri());
            try (KubernetesConnection first = open(config);
                    KubernetesConnection second = open(config)) {
                LeaseElection one = first.election(options("one"), new PrometheusRegistry());
                LeaseElection two = second.election(options("two"), new PrometheusRegistry());
                one.start();
                await().until(one::leading);
                two.start();
                await().until(() -> server.openWatches() == 2);
                one.stop(true);
                await().atMost(Duration.ofSeconds(2)).until(two::leading);
                two.stop(false);
            }
        }
    }

    private static LeaseOptions options(String identity) {
        return new LeaseOptions("kube-system", "solo", identity, Map.of(), Timing.DEFAULT);
    }

    private KubernetesConnection open(Path config) throws ConnectionProblem {
        return KubernetesConnection.open(new Options(config, null, "test"), Map.of(), home);
    }

    private String soon(URI server) throws IOException {
        long start = Clock.SYSTEM.nanos();
        String text = problem(Kubeconfigs.write(home, server), Map.of());
        assertThat(Duration.ofNanos(Clock.SYSTEM.nanos() - start)).isLessThan(Duration.ofSeconds(8));
        return text;
    }

    private String problem(@Nullable Path flag, Map<String, String> environment) {
        ConnectionProblem problem = catchThrowableOfType(
                ConnectionProblem.class,
                () -> KubernetesConnection.open(new Options(flag, null, "test"), environment, home)
                        .close());
        return problem == null ? "no problem" : String.valueOf(problem.getMessage());
    }
}
