package solo.livenessprobe;

import static org.assertj.core.api.Assertions.assertThat;

import csi.v1.GetPluginCapabilitiesRequest;
import csi.v1.GetPluginCapabilitiesResponse;
import csi.v1.GetPluginInfoRequest;
import csi.v1.GetPluginInfoResponse;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solo.csi.Driver;
import solo.csi.DriverServer;
import solo.csi.IdentityService;
import solo.csi.SocketAccess;
import solo.csi.UnixSocket;
import solo.livenessprobe.csi.SocketProbe;

class SocketProbeTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private UnixSocket socket;

    @BeforeEach
    void name() {
        socket = new UnixSocket(directory.resolve("csi.sock"));
    }

    @Test
    void a_driver_that_answers_on_its_socket_is_ready() throws Exception {
        try (var _ = DriverServer.start(socket, SocketAccess.OWNER, new ReadyDriver())) {
            assertThat(check(LONG)).isEqualTo(new ProbeResult.Ready());
        }
    }

    @Test
    void a_removed_socket_file_turns_the_probe_red_although_the_driver_still_listens() throws Exception {
        var liveness = liveness(LONG);
        try (var _ = DriverServer.start(socket, SocketAccess.OWNER, new ReadyDriver())) {
            assertThat(liveness.check()).isEqualTo(new ProbeResult.Ready());

            Files.delete(socket.path());

            assertThat(liveness.check().httpStatus()).isEqualTo(500);
        }
    }

    @Test
    void a_missing_socket_is_told_at_once() throws Exception {
        assertThat(check(LONG).text()).startsWith("rpc error: code = Unavailable");
    }

    @Test
    void a_driver_that_accepts_and_never_answers_is_a_failed_check() throws Exception {
        try (var silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            silent.bind(UnixDomainSocketAddress.of(socket.path()));

            assertThat(check(Duration.ofMillis(200)).text()).startsWith("rpc error: code = DeadlineExceeded");
        }
    }

    private ProbeResult check(Duration timeout) throws InterruptedException {
        return liveness(timeout).check();
    }

    private Liveness liveness(Duration timeout) {
        return new Liveness(new SocketProbe(socket, UnaryOperator.identity()), timeout);
    }

    private static final class ReadyDriver implements Driver {
        @Override
        public IdentityService identity() {
            return new IdentityService() {
                @Override
                public GetPluginInfoResponse getPluginInfo(GetPluginInfoRequest request) {
                    return GetPluginInfoResponse.getDefaultInstance();
                }

                @Override
                public GetPluginCapabilitiesResponse getPluginCapabilities(GetPluginCapabilitiesRequest request) {
                    return GetPluginCapabilitiesResponse.getDefaultInstance();
                }
            };
        }
    }
}
