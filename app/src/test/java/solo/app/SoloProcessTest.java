package solo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import csi.v1.ControllerGetCapabilitiesRequest;
import csi.v1.ControllerGetCapabilitiesResponse;
import csi.v1.ControllerServiceCapability.RPC;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import solo.app.options.ControllerChoice;
import solo.app.options.SoloOptions;
import solo.csi.ControllerService;
import solo.csi.Driver;
import solo.csi.GroupControllerService;
import solo.csi.IdentityService;
import solo.driver.LocalDriver;
import solo.driver.LocalDriverOptions;
import solo.kube.Health;

/** A whole controller process against an API server that serves next to nothing. */
class SoloProcessTest {

    private static final String SNAPSHOTS = "snapshot.storage.k8s.io";

    @TempDir
    Path folder;

    private SoloOptions options(BareApiServer server) throws IOException {
        SoloOptions options = new SoloOptions();
        options.environment = Map.of();
        options.kubernetes.kubeconfig = server.kubeconfig(folder);
        options.driver.stateDir = folder;
        options.driver.nodeId = "node-1";
        return options;
    }

    private static SoloProcess controller(SoloOptions options) throws StartupProblem, InterruptedException {
        return SoloProcess.start(Set.of(Role.CONTROLLER), options);
    }

    @ParameterizedTest
    @CsvSource({"of-the-flag, of-the-pod, of-the-flag", ", of-the-pod, of-the-pod", ", , of-the-kubeconfig"})
    void the_lease_lives_where_the_flag_says_else_the_pod_else_the_kubeconfig(
            @Nullable String flag, @Nullable String pod, String namespace) throws Exception {
        try (BareApiServer server = new BareApiServer(null)) {
            SoloOptions options = options(server);
            options.election.enabled = true;
            options.election.namespace = flag;
            Map<String, String> environment = new HashMap<>();
            if (pod != null) {
                environment.put("POD_NAMESPACE", pod);
            }
            options.environment = environment;
            try (SoloProcess _ = controller(options)) {
                await().until(() -> server.asked().stream()
                        .anyMatch(request -> request.startsWith("POST ") && request.endsWith("/leases")));
            }
            assertThat(server.asked())
                    .filteredOn(request -> request.contains("/leases"))
                    .isNotEmpty()
                    .allMatch(request -> request.contains("/namespaces/" + namespace + "/leases"));
        }
    }

    @Test
    void the_pods_namespace_is_not_where_capacity_objects_go() throws Exception {
        try (BareApiServer server = new BareApiServer(null)) {
            SoloOptions options = options(server);
            options.environment = Map.of("POD_NAMESPACE", "of-the-pod", "POD_NAME", "solo-0");
            options.capacity.enabled = true;

            assertThatThrownBy(() -> controller(options).close())
                    .isInstanceOf(StartupProblem.class)
                    .hasMessageContaining("NAMESPACE");
        }
    }

    @Test
    void a_gate_whose_kind_the_cluster_does_not_serve_is_told_at_the_start() throws Exception {
        try (BareApiServer server = new BareApiServer(null)) {
            SoloOptions options = options(server);
            options.shared.featureGates = List.of("CrossNamespaceVolumeDataSource=true");

            assertThatThrownBy(() -> controller(options).close())
                    .isInstanceOf(StartupProblem.class)
                    .hasMessageContaining("ReferenceGrant")
                    .hasMessageContaining("--feature-gates");
        }
    }

    @Test
    void who_does_not_lead_serves_http_too_and_says_who_leads() throws Exception {
        try (BareApiServer server = new BareApiServer("somebody-else")) {
            SoloOptions options = options(server);
            options.election.enabled = true;
            URI http = endpoint(options);
            try (SoloProcess _ = controller(options)) {
                await().untilAsserted(() -> assertThat(
                                get(http.resolve("/healthz/leader-election")).body())
                        .contains("held by 'somebody-else'"));

                assertThat(get(http.resolve("/healthz/leader-election")).statusCode())
                        .isEqualTo(200);
                assertThat(get(http.resolve("/healthz")).statusCode()).isEqualTo(200);
                assertThat(get(http.resolve("/metrics")).body())
                        .contains(
                                "leader_election_master_status{name=\"local-csi-solo\"} 0.0",
                                "rest_client_requests_total{code=\"201\",host=\"");
            }
        }
    }

    @Test
    void who_leads_says_so() throws Exception {
        try (BareApiServer server = new BareApiServer(null)) {
            SoloOptions options = options(server);
            options.election.enabled = true;
            URI http = endpoint(options);
            try (SoloProcess _ = controller(options)) {
                await().untilAsserted(() -> assertThat(
                                get(http.resolve("/healthz/leader-election")).body())
                        .contains("leading as "));

                assertThat(get(http.resolve("/metrics")).body())
                        .contains("leader_election_master_status{name=\"local-csi-solo\"} 1.0");
            }
        }
    }

    @Test
    void without_an_election_its_path_is_there_and_well() throws Exception {
        try (BareApiServer server = new BareApiServer(null)) {
            SoloOptions options = options(server);
            URI http = endpoint(options);
            try (SoloProcess _ = controller(options)) {
                HttpResponse<String> answer = get(http.resolve("/healthz/leader-election"));
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).contains("no election");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RPC.Type.class,
            names = {"GET_CAPACITY", "CREATE_DELETE_VOLUME"})
    void capacity_is_published_for_a_driver_that_can_be_asked_and_left_out_for_others(RPC.Type capability)
            throws Exception {
        try (BareApiServer server = new BareApiServer(null)) {
            SoloOptions options = options(server);
            options.environment = Map.of("NAMESPACE", "solo-system");
            options.capacity.enabled = true;
            options.capacity.ownerRefLevel = -1;
            options.inProcess =
                    (_, node) -> new OneCapability(LocalDriver.open(LocalDriverOptions.of(node, folder)), capability);
            try (SoloProcess process = controller(options)) {
                String parts = HealthText.healthz(process.health()).body();
                assertThat(parts).contains("claims");
                assertThat(parts.contains("csistoragecapacity")).isEqualTo(capability == RPC.Type.GET_CAPACITY);
            }
        }
    }

    @Test
    void snapshot_controller_alone_gives_a_snapshot_its_content_and_opens_no_driver() throws Exception {
        try (BareApiServer server = new BareApiServer(null, SNAPSHOTS)) {
            aSnapshotToTake(server);
            SoloOptions options = snapshotControllerAlone(server);
            Path state = folder.resolve("state");
            options.driver.stateDir = state;
            options.election.enabled = true;
            URI http = endpoint(options);
            try (SoloProcess process = controller(options)) {
                await().untilAsserted(() -> assertThat(server.asked())
                        .contains("POST /apis/snapshot.storage.k8s.io/v1/volumesnapshotcontents"));

                assertThat(process.health().parts()).extracting(Health::name).doesNotContain("driver");
                assertThat(get(http.resolve("/metrics")).body())
                        .contains("leader_election_master_status{name=\"snapshot-controller-leader\"} 1.0");
            }
            assertThat(state).doesNotExist();
        }
    }

    @Test
    void snapshot_controller_alone_waits_for_no_socket_even_if_one_is_named() throws Exception {
        try (BareApiServer server = new BareApiServer(null, SNAPSHOTS)) {
            aSnapshotToTake(server);
            SoloOptions options = snapshotControllerAlone(server);
            options.driver.csiAddress = folder.resolve("no.sock").toString();
            try (SoloProcess _ = controller(options)) {
                await().untilAsserted(() -> assertThat(server.asked())
                        .contains("POST /apis/snapshot.storage.k8s.io/v1/volumesnapshotcontents"));
            }
        }
    }

    private SoloOptions snapshotControllerAlone(BareApiServer server) throws IOException {
        SoloOptions options = options(server);
        options.controllers.choice = ControllerChoice.parse("snapshot-controller");
        return options;
    }

    /** Claim, volume, class, and a snapshot that has its finalizers already: what is left to do is its content. */
    private static void aSnapshotToTake(BareApiServer server) {
        server.serve("/apis/snapshot.storage.k8s.io/v1/volumesnapshots", """
                {"metadata": {"name": "snap", "namespace": "default", "uid": "s-1", "resourceVersion": "1",
                              "finalizers": ["snapshot.storage.kubernetes.io/volumesnapshot-as-source-protection",
                                             "snapshot.storage.kubernetes.io/volumesnapshot-bound-protection"]},
                 "spec": {"source": {"persistentVolumeClaimName": "data"}, "volumeSnapshotClassName": "class"}}
                """);
        server.serve("/apis/snapshot.storage.k8s.io/v1/volumesnapshotclasses", """
                {"metadata": {"name": "class", "uid": "k-1", "resourceVersion": "1"},
                 "driver": "some.csi", "deletionPolicy": "Delete"}
                """);
        server.serve("/api/v1/persistentvolumeclaims", """
                {"metadata": {"name": "data", "namespace": "default", "uid": "c-1", "resourceVersion": "1",
                              "finalizers": ["snapshot.storage.kubernetes.io/pvc-as-source-protection"]},
                 "spec": {"volumeName": "pv"}, "status": {"phase": "Bound"}}
                """);
        server.serve("/api/v1/persistentvolumes", """
                {"metadata": {"name": "pv", "uid": "v-1", "resourceVersion": "1"},
                 "spec": {"csi": {"driver": "some.csi", "volumeHandle": "h-1"}, "volumeMode": "Filesystem",
                          "claimRef": {"name": "data", "namespace": "default", "uid": "c-1"}},
                 "status": {"phase": "Bound"}}
                """);
    }

    @Test
    void events_come_from_driver_host_and_run() throws Exception {
        try (BareApiServer server = new BareApiServer(null);
                DriverAccess access = DriverAccess.open(options(server), "node-1", new PrometheusRegistry())) {
            String component = ProvisionerParts.component(access);

            assertThat(component)
                    .matches("local\\.csi\\.solo_" + HostName.text() + "_\\p{XDigit}{8}(-\\p{XDigit}+){4}");
            assertThat(ProvisionerParts.component(access)).isEqualTo(component);
        }
    }

    /** A driver whose controller can do one thing. */
    private record OneCapability(Driver driver, RPC.Type capability) implements Driver {
        @Override
        public IdentityService identity() {
            return driver.identity();
        }

        @Override
        public GroupControllerService groupController() {
            return driver.groupController();
        }

        @Override
        public ControllerService controller() {
            return new ControllerService() {
                @Override
                public ControllerGetCapabilitiesResponse controllerGetCapabilities(
                        ControllerGetCapabilitiesRequest request) {
                    var answer = ControllerGetCapabilitiesResponse.newBuilder();
                    answer.addCapabilitiesBuilder().getRpcBuilder().setType(capability);
                    return answer.build();
                }
            };
        }
    }

    /** Sets a free port. */
    private static URI endpoint(SoloOptions options) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            options.endpoint.httpEndpoint = "127.0.0.1:" + free.getLocalPort();
            return URI.create("http://" + options.endpoint.httpEndpoint);
        }
    }

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
        }
    }
}
