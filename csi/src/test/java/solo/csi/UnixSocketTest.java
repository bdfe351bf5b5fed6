package solo.csi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import csi.v1.ProbeRequest;
import csi.v1.ProbeResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.MethodDescriptor;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solo.csi.model.Code;

/** Sockets as files: what we make, what we replace, what we leave alone, and what we say when one is not there. */
final class UnixSocketTest {
    private static final ConnectionOptions IMPATIENT = ConnectionOptions.DEFAULT.withBudget(Duration.ofMillis(300));

    @TempDir
    private Path directory = Path.of("");

    private final FakeDriver driver = new FakeDriver();

    UnixSocketTest() {
        driver.onProbe = request -> ProbeResponse.getDefaultInstance();
    }

    @Test
    void an_address_may_be_a_path_or_a_unix_url() throws Exception {
        var expected = new UnixSocket(Path.of("/run/csi/socket"));
        assertThat(UnixSocket.parse("/run/csi/socket")).isEqualTo(expected);
        assertThat(UnixSocket.parse("unix:///run/csi/socket")).isEqualTo(expected);
        assertThat(UnixSocket.parse("unix:/run/csi/socket")).isEqualTo(expected);
        assertThatThrownBy(() -> UnixSocket.parse("dns:///driver:10000"))
                .isInstanceOf(UnusableSocketException.class)
                .hasMessage("\"dns:///driver:10000\" is not a unix socket; "
                        + "give its absolute path, for example /run/csi/socket");
    }

    @Test
    void a_missing_directory_is_made_and_the_socket_is_private() throws Exception {
        UnixSocket socket = socket("plugins/local.csi.solo/csi.sock");
        try (var _ = DriverServer.start(socket, SocketAccess.OWNER, driver)) {
            assertThat(mode(socket)).isEqualTo("rw-------");
            assertAnswers(socket);
        }
        try (var _ = DriverServer.start(socket, SocketAccess.OWNER_AND_GROUP, driver)) {
            assertThat(mode(socket)).isEqualTo("rw-rw----");
        }
    }

    @Test
    void closing_removes_the_socket() throws Exception {
        UnixSocket socket = socket("csi.sock");
        DriverServer.start(socket, SocketAccess.OWNER, driver).close();
        assertThat(socket.path()).doesNotExist();
    }

    @Test
    void a_socket_left_behind_by_a_crash_is_replaced() throws Exception {
        UnixSocket socket = socket("csi.sock");
        leaveStale(socket);
        assertThat(socket.look()).isEqualTo(UnixSocket.Found.A_SOCKET);
        try (var _ = DriverServer.start(socket, SocketAccess.OWNER, driver)) {
            assertAnswers(socket);
        }
    }

    @Test
    void a_file_that_is_not_a_socket_is_left_alone() throws Exception {
        UnixSocket socket = socket("csi.sock");
        Files.writeString(socket.path(), "precious");
        assertThatThrownBy(() -> DriverServer.start(socket, SocketAccess.OWNER, driver))
                .isInstanceOf(UnusableSocketException.class)
                .hasMessage(socket + " exists and is not a socket; remove it or choose another socket path");
        assertThat(socket.path()).hasContent("precious");
    }

    @Test
    void a_path_that_is_too_long_is_refused_with_its_length() {
        UnixSocket socket = new UnixSocket(Path.of("/" + "d".repeat(100) + "/csi.sock"));
        String sentence = "the socket path " + socket
                + " has 110 bytes, but a unix socket may have at most 106; choose a shorter directory";
        assertThatThrownBy(() -> DriverServer.start(socket, SocketAccess.OWNER, driver))
                .hasMessage(sentence);
        assertThatThrownBy(() -> DriverConnection.open(socket, IMPATIENT)).hasMessage(sentence);
    }

    @Test
    void the_longest_path_works() throws Exception {
        String name = "s".repeat(106 - directory.toString().length() - 1);
        UnixSocket socket = socket(name);
        try (var _ = DriverServer.start(socket, SocketAccess.OWNER, driver)) {
            assertAnswers(socket);
        }
    }

    @Test
    void what_is_wrong_with_a_socket_is_said_in_one_sentence() throws Exception {
        UnixSocket missing = socket("missing.sock");
        assertThatThrownBy(() -> DriverConnection.open(missing, IMPATIENT))
                .isInstanceOf(UnusableSocketException.class)
                .hasMessage("no CSI driver answers on " + missing + " after 0.3 s: there is no such socket; "
                        + "is the driver running, and is the directory of its socket mounted here?");

        UnixSocket file = socket("file");
        Files.writeString(file.path(), "");
        assertThatThrownBy(() -> DriverConnection.open(file, IMPATIENT)).hasMessageContaining("it is not a socket");

        UnixSocket stale = socket("stale.sock");
        leaveStale(stale);
        assertThatThrownBy(() -> DriverConnection.open(stale, IMPATIENT))
                .hasMessageContaining("nothing accepts connections on it");
    }

    @Test
    void a_driver_that_comes_late_is_waited_for() throws Exception {
        UnixSocket socket = socket("csi.sock");
        var options = new ConnectionOptions(Duration.ZERO, Duration.ofMillis(50), () -> {});
        var opening = new FutureTask<>(() -> DriverConnection.open(socket, options));
        Thread waiting = Thread.ofPlatform().start(opening);
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        try (var _ = DriverServer.start(socket, SocketAccess.OWNER, driver);
                var connection = opening.get()) {
            assertThat(probe(connection.calls())).isEqualTo(ProbeResponse.getDefaultInstance());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "%2Fvar%2Flib%2Fkubelet%2Fcsi.sock", "/var/lib/kubelet/csi.sock"})
    void a_kubelet_may_call_the_driver_by_any_authority(String authority) throws Exception {
        UnixSocket socket = socket("csi.sock");
        ClientInterceptor asKubelet = new ClientInterceptor() {
            @Override
            public <Q, A> ClientCall<Q, A> interceptCall(
                    MethodDescriptor<Q, A> method, CallOptions options, Channel channel) {
                return channel.newCall(method, options.withAuthority(authority));
            }
        };
        try (var _ = DriverServer.start(socket, SocketAccess.OWNER, driver);
                var connection = SocketConnection.to(socket)) {
            Channel kubelet = ClientInterceptors.intercept(connection.channel(), asKubelet);
            assertThat(probe(new GrpcCalls(kubelet))).isEqualTo(ProbeResponse.getDefaultInstance());
        }
    }

    @Test
    void a_lost_driver_is_noticed_once_and_found_again() throws Exception {
        UnixSocket socket = socket("csi.sock");
        var losses = new AtomicInteger();
        var server = DriverServer.start(socket, SocketAccess.OWNER, driver);
        try (var connection =
                DriverConnection.open(socket, ConnectionOptions.DEFAULT.whenLost(losses::incrementAndGet))) {
            assertThat(probe(connection.calls())).isEqualTo(ProbeResponse.getDefaultInstance());
            server.close();
            await().until(() -> losses.get() == 1);
            assertThatThrownBy(() -> probe(connection.calls()))
                    .isInstanceOfSatisfying(
                            CsiException.class,
                            refused -> assertThat(refused.code()).isEqualTo(Code.UNAVAILABLE));
            try (var _ = DriverServer.start(socket, SocketAccess.OWNER, driver)) {
                await().atMost(Duration.ofSeconds(3)).ignoreExceptions().until(() -> probe(connection.calls()) != null);
            }
            await().until(() -> losses.get() == 2);
        }
        assertThat(losses).hasValue(2);
    }

    private UnixSocket socket(String name) {
        return new UnixSocket(directory.resolve(name));
    }

    private static void leaveStale(UnixSocket socket) throws Exception {
        try (var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.bind(UnixDomainSocketAddress.of(socket.path()));
        }
    }

    private static String mode(UnixSocket socket) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.path()));
    }

    private static void assertAnswers(UnixSocket socket) throws Exception {
        try (var connection = DriverConnection.open(socket, ConnectionOptions.DEFAULT)) {
            assertThat(probe(connection.calls())).isEqualTo(ProbeResponse.getDefaultInstance());
        }
    }

    private static ProbeResponse probe(Calls calls) throws CsiException {
        return calls.call(Rpcs.PROBE, ProbeRequest.getDefaultInstance());
    }
}
