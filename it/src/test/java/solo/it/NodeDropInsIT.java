package solo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import csi.v1.GetPluginCapabilitiesRequest;
import csi.v1.GetPluginCapabilitiesResponse;
import csi.v1.GetPluginInfoRequest;
import csi.v1.GetPluginInfoResponse;
import csi.v1.ProbeRequest;
import csi.v1.ProbeResponse;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solo.csi.CsiException;
import solo.csi.Driver;
import solo.csi.DriverServer;
import solo.csi.IdentityService;
import solo.csi.SocketAccess;
import solo.csi.SocketConnection;
import solo.csi.UnixSocket;
import solo.csi.model.Code;
import solo.registrar.proto.InfoRequest;
import solo.registrar.proto.PluginInfo;
import solo.registrar.proto.RegistrationGrpc;
import solo.registrar.proto.RegistrationStatus;

/** The command lines of node-driver-registrar and livenessprobe, as processes, between a driver and a kubelet. */
class NodeDropInsIT {

    private static final String DRIVER = "some.csi.example.org";

    /** A driver whose Probe a test can turn. */
    private static final class SomeDriver implements Driver {
        private volatile String probe = "ready";

        @Override
        public IdentityService identity() {
            return new IdentityService() {
                @Override
                public GetPluginInfoResponse getPluginInfo(GetPluginInfoRequest request) {
                    return GetPluginInfoResponse.newBuilder().setName(DRIVER).build();
                }

                @Override
                public GetPluginCapabilitiesResponse getPluginCapabilities(GetPluginCapabilitiesRequest request) {
                    return GetPluginCapabilitiesResponse.getDefaultInstance();
                }

                @Override
                public ProbeResponse probe(ProbeRequest request) throws CsiException {
                    if (probe.startsWith("error")) {
                        throw new CsiException(Code.INTERNAL, probe);
                    }
                    ProbeResponse.Builder answer = ProbeResponse.newBuilder();
                    answer.getReadyBuilder().setValue(probe.equals("ready"));
                    return answer.build();
                }
            };
        }
    }

    @TempDir
    Path folder;

    private final SomeDriver driver = new SomeDriver();
    private DriverServer server;

    @BeforeEach
    void serve() throws IOException {
        server = DriverServer.start(new UnixSocket(folder.resolve("csi.sock")), SocketAccess.OWNER, driver);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private SoloChild registrar(String... more) throws IOException {
        Path registry = Files.createDirectories(folder.resolve("registry"));
        return SoloChild.run(concat(
                List.of(
                        "csi-node-driver-registrar",
                        "-v=5",
                        "-csi-address",
                        folder.resolve("csi.sock").toString(),
                        "--kubelet-registration-path=/var/lib/kubelet/plugins/some/csi.sock",
                        "--plugin-registration-path=" + registry),
                more));
    }

    private static List<String> concat(List<String> some, String... more) {
        return Stream.concat(some.stream(), Arrays.stream(more)).toList();
    }

    private UnixSocket registration() {
        return new UnixSocket(folder.resolve("registry").resolve(DRIVER + "-reg.sock"));
    }

    /** What a kubelet does with a socket that appears: asks who it is and says whether it likes it. */
    private PluginInfo kubelet(boolean accepts) throws IOException {
        await().atMost(Duration.ofSeconds(30)).until(() -> registration().look() == UnixSocket.Found.A_SOCKET);
        try (SocketConnection connection = SocketConnection.to(registration())) {
            var stub = RegistrationGrpc.newBlockingStub(connection.channel()).withDeadlineAfter(10, TimeUnit.SECONDS);
            PluginInfo info = stub.getInfo(InfoRequest.getDefaultInstance());
            try {
                stub.notifyRegistrationStatus(RegistrationStatus.newBuilder()
                        .setPluginRegistered(accepts)
                        .setError(accepts ? "" : "no such node")
                        .build());
            } catch (StatusRuntimeException ended) {
                assertThat(accepts).as("a registrar that was accepted answers").isFalse();
            }
            return info;
        }
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    @Test
    void a_kubelet_that_starts_anew_finds_the_driver_again_and_a_stopped_registrar_takes_it_away() throws Exception {
        int port = Ports.free();
        try (SoloChild registrar = registrar("--http-endpoint=127.0.0.1:" + port)) {
            PluginInfo info = kubelet(true);
            assertThat(info.getType()).isEqualTo("CSIPlugin");
            assertThat(info.getName()).isEqualTo(DRIVER);
            assertThat(info.getEndpoint()).isEqualTo("/var/lib/kubelet/plugins/some/csi.sock");
            assertThat(info.getSupportedVersionsList()).containsExactly("1.0.0");
            registrar.awaitLine("the kubelet has registered the driver");
            assertThat(get(port, "/healthz").body()).isEqualTo("ok");

            Files.delete(registration().path());
            assertThat(kubelet(true)).isEqualTo(info);
            assertThat(get(port, "/healthz").statusCode()).isEqualTo(200);

            registrar.terminate();
            assertThat(registrar.awaitExit()).isZero();
            assertThat(registration().look()).isEqualTo(UnixSocket.Found.NOTHING);
        }
    }

    @Test
    void a_kubelet_that_refuses_the_driver_ends_the_registrar_with_1_and_the_next_one_takes_over_its_socket()
            throws Exception {
        try (SoloChild first = registrar()) {
            kubelet(false);
            assertThat(first.awaitExit()).isEqualTo(1);
            assertThat(first.output()).contains("the kubelet refused the driver: no such node");
            assertThat(registration().look()).isEqualTo(UnixSocket.Found.A_SOCKET);
        }
        try (SoloChild second = registrar()) {
            second.awaitLine("waiting for the kubelet to register the driver");
            kubelet(true);
            second.awaitLine("the kubelet has registered the driver");
        }
    }

    @Test
    void a_file_in_place_of_the_registration_socket_is_told_and_left_alone() throws Exception {
        Path file = Files.createDirectories(folder.resolve("registry")).resolve(DRIVER + "-reg.sock");
        Files.writeString(file, "precious");
        try (SoloChild registrar = registrar()) {
            assertThat(registrar.awaitExit()).isEqualTo(1);
            assertThat(registrar.output()).contains(file.toString()).doesNotContain("\tat ");
            assertThat(file).hasContent("precious");
        }
    }

    @Test
    void what_does_nothing_exits_0() throws Exception {
        try (SoloChild version = SoloChild.run(List.of("node-driver-registrar", "-version"));
                SoloChild mode = registrar("--mode=kubelet-registration-probe")) {
            assertThat(version.awaitExit()).isZero();
            assertThat(version.output()).startsWith("node-driver-registrar ");
            assertThat(mode.awaitExit()).isZero();
            assertThat(registration().look()).isEqualTo(UnixSocket.Found.NOTHING);
        }
    }

    @Test
    void livenessprobe_waits_for_the_driver_then_tells_of_each_state_and_measures_it() throws Exception {
        server.close();
        int port = Ports.free();
        try (SoloChild probe = SoloChild.run(List.of(
                "livenessprobe",
                "--csi-address",
                "unix://" + folder.resolve("csi.sock"),
                "--probe-timeout=2s",
                "--http-endpoint=127.0.0.1:" + port))) {
            serve();
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .untilAsserted(
                            () -> assertThat(get(port, "/healthz").body()).isEqualTo("ok"));
            driver.probe = "not ready";
            assertThat(get(port, "/healthz").statusCode()).isEqualTo(500);
            assertThat(get(port, "/healthz").body()).isEqualTo("driver responded but is not ready");
            driver.probe = "error: disk on fire";
            assertThat(get(port, "/healthz").body()).contains("disk on fire");
            server.close();
            assertThat(get(port, "/healthz").statusCode()).isEqualTo(500);
            assertThat(get(port, "/metrics").body())
                    .contains("csi_sidecar_operations_seconds_count{driver_name=\"" + DRIVER
                            + "\",grpc_status_code=\"Internal\",method_name=\"/csi.v1.Identity/Probe\"} 1")
                    .contains("driver_name=\"unknown-driver\"")
                    .contains("process_start_time_seconds");

            probe.terminate();
            assertThat(probe.awaitExit()).isZero();
        }
    }

    @Test
    void a_taken_port_ends_livenessprobe_with_1() throws Exception {
        try (ServerSocket taken = new ServerSocket(0);
                SoloChild probe = SoloChild.run(List.of(
                        "livenessprobe",
                        "--csi-address=" + folder.resolve("csi.sock"),
                        "--health-port=" + taken.getLocalPort()))) {
            assertThat(probe.awaitExit()).isEqualTo(1);
            assertThat(probe.output()).contains("--health-port: cannot listen at");
        }
    }
}
