package solo.registrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solo.csi.UnusableSocketException;
import solo.registrar.RegistrationOptions.AfterRefusal;
import solo.registrar.RegistrationOptions.Leave;
import solo.registrar.RegistrationOptions.TryAgain;
import solo.registrar.proto.PluginInfo;

class RegistrationTest {
    private static final String ENDPOINT = "/var/lib/kubelet/plugins/local.csi.solo/csi.sock";
    private static final TryAgain IN_AN_HOUR = new TryAgain(Duration.ofHours(1), Duration.ofHours(4));

    private static final RegistrationState OFFERED = new RegistrationState.Offered("");

    @TempDir
    Path registry;

    private Registration registration;

    @BeforeEach
    void create() {
        registration = registrationWith(IN_AN_HOUR);
    }

    @AfterEach
    void stop() {
        registration.close();
    }

    // What the kubelet is told

    @Test
    void the_socket_is_named_after_the_driver_and_open_to_the_owner_only() throws Exception {
        registration.start();

        Path socket = registry.resolve("local.csi.solo-reg.sock");
        assertThat(registration.socket().path()).isEqualTo(socket);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .endsWith("------");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "/var/lib/kubelet/plugins_registry/local.csi.solo-reg.sock",
                "%2Fvar%2Flib%2Fkubelet%2Fplugins_registry%2Flocal.csi.solo-reg.sock"
            })
    void the_kubelet_learns_name_and_endpoint_whatever_authority_it_sends(String authority) throws Exception {
        registration.start();

        try (var kubelet = FakeKubelet.withAuthority(registration.socket(), authority)) {
            assertThat(kubelet.getInfo())
                    .isEqualTo(PluginInfo.newBuilder()
                            .setType("CSIPlugin")
                            .setName("local.csi.solo")
                            .setEndpoint(ENDPOINT)
                            .addSupportedVersions("1.0.0")
                            .build());
        }
    }

    @Test
    void get_info_may_be_repeated_at_any_time_on_one_connection() throws Exception {
        registration.start();

        try (var kubelet = FakeKubelet.connectedTo(registration.socket())) {
            PluginInfo first = kubelet.getInfo();
            kubelet.accepts();
            assertThat(kubelet.getInfo()).isEqualTo(first);
        }
    }

    // What the kubelet answers

    @Test
    void a_driver_counts_as_registered_when_the_kubelet_says_so() throws Exception {
        registration.start();
        assertThat(registration.state()).isEqualTo(OFFERED);

        kubeletAccepts();

        assertThat(registration.state()).isEqualTo(new RegistrationState.Registered());
    }

    @Test
    void after_a_refusal_the_socket_goes_away_and_comes_back_when_the_pause_is_over() throws Exception {
        registration.start();

        kubeletRefuses("no node id");

        RegistrationState.Refused refused = refused();
        assertThat(refused.error()).isEqualTo("no node id");
        assertThat(refused.sentence()).isEqualTo("the kubelet refused the driver: no node id");
        registration.step(refused.retryNanos() - 1);
        assertThat(registration.socket().path()).doesNotExist();
        registration.step(refused.retryNanos() - 1);
        assertThat(registration.socket().path()).doesNotExist();

        registration.step(refused.retryNanos());
        assertThat(registration.state().sentence()).contains("waiting for the kubelet", "no node id");
        kubeletAccepts();
        assertThat(registration.state()).isEqualTo(new RegistrationState.Registered());
    }

    @Test
    void the_pause_doubles_with_each_refusal_in_a_row_up_to_the_longest_and_starts_over_once_registered()
            throws Exception {
        registration.start();

        assertThat(pauseAfterRefusal()).isEqualTo(Duration.ofHours(1));
        assertThat(pauseAfterRefusal()).isEqualTo(Duration.ofHours(2));
        assertThat(pauseAfterRefusal()).isEqualTo(Duration.ofHours(4));
        assertThat(pauseAfterRefusal()).isEqualTo(Duration.ofHours(4));
        kubeletAccepts();
        assertThat(pauseAfterRefusal()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void the_drop_in_registrar_leaves_at_once_and_leaves_the_socket_as_go_does() throws Exception {
        List<String> errors = new CopyOnWriteArrayList<>();
        registration = registrationWith(new Leave(errors::add));
        registration.start();

        kubeletRefuses("no node id");
        registration.step(System.nanoTime());

        assertThat(errors).containsExactly("no node id");
        assertThat(registration.socket().path()).exists();
    }

    @Test
    void running_by_itself_it_takes_the_socket_away_and_puts_it_back() throws Exception {
        registration = registrationWith(new TryAgain(Duration.ofMillis(200), Duration.ofSeconds(1)));
        Thread runner = Thread.startVirtualThread(registration::run);
        await().until(() -> registration.state() instanceof RegistrationState.Offered
                && Files.exists(registration.socket().path()));
        Object first = inode();

        kubeletRefuses("not yet");
        await().until(() -> Files.exists(registration.socket().path()) && !inode().equals(first));
        kubeletAccepts();

        assertThat(registration.state()).isEqualTo(new RegistrationState.Registered());
        assertThat(registration.stop()).isEqualTo(new RegistrarEnd.Stopped());
        runner.join();
    }

    // What becomes of the socket file

    @Test
    void a_kubelet_that_wiped_its_folder_finds_a_new_socket() throws Exception {
        registration.start();
        kubeletAccepts();

        Files.delete(registration.socket().path());
        registration.step(System.nanoTime());

        assertThat(registration.state()).isEqualTo(OFFERED);
        kubeletAccepts();
    }

    @Test
    void a_folder_that_was_removed_and_made_anew_gets_a_new_socket() throws Exception {
        Path folder = registry.resolve("plugins_registry");
        registration = new Registration(new RegistrationOptions(folder, "local.csi.solo", ENDPOINT, IN_AN_HOUR));
        registration.start();

        Files.delete(registration.socket().path());
        Files.delete(folder);
        Files.createDirectory(folder);
        registration.step(System.nanoTime());

        kubeletAccepts();
    }

    @Test
    void a_socket_in_its_place_is_left_alone() throws Exception {
        registration.start();
        Object ours = inode();

        for (int i = 0; i < 3; i++) {
            registration.step(System.nanoTime());
        }

        assertThat(inode()).isEqualTo(ours);
    }

    @Test
    void a_stale_socket_of_a_crash_is_replaced() throws Exception {
        leaveSocketBehind();

        registration.start();

        kubeletAccepts();
    }

    @Test
    void a_file_that_is_no_socket_is_not_touched_and_the_refusal_says_what_to_do() throws Exception {
        Path path = registration.socket().path();
        Files.writeString(path, "precious");

        assertThatThrownBy(registration::start)
                .isInstanceOf(UnusableSocketException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining("not a socket")
                .hasMessageContaining("remove it");
        assertThat(path).hasContent("precious");
    }

    @Test
    void what_stays_wrong_is_told_once() throws Exception {
        Files.writeString(registration.socket().path(), "precious");
        registration.step(System.nanoTime());
        RegistrationState told = registration.state();

        registration.step(System.nanoTime());

        assertThat(registration.state()).isSameAs(told).isInstanceOf(RegistrationState.Unavailable.class);
    }

    @Test
    void a_shared_process_waits_until_the_path_is_free() throws Exception {
        Path path = registration.socket().path();
        Files.writeString(path, "precious");

        registration.step(System.nanoTime());
        assertThat(registration.state())
                .isInstanceOfSatisfying(
                        RegistrationState.Unavailable.class,
                        unavailable -> assertThat(unavailable.why()).contains("not a socket"));

        Files.delete(path);
        registration.step(System.nanoTime());
        kubeletAccepts();
    }

    @Test
    void a_path_longer_than_a_unix_socket_may_have_is_refused_in_one_sentence() {
        String longName = "d".repeat(100);
        registration = new Registration(new RegistrationOptions(registry, longName, ENDPOINT, IN_AN_HOUR));

        assertThatThrownBy(registration::start)
                .isInstanceOf(UnusableSocketException.class)
                .hasMessageContaining("a unix socket may have at most");
    }

    // Switching over to another registrar and back

    @Test
    void the_socket_of_a_successor_stays_also_when_we_stop() throws Exception {
        registration.start();
        try (var successor = successor()) {
            registration.step(System.nanoTime());
            assertThat(registration.state()).isEqualTo(new RegistrationState.Replaced());

            assertThat(registration.stop()).isEqualTo(new RegistrarEnd.Stopped());
            assertThat(registration.socket().path()).exists();
            assertThat(successor.isOpen()).isTrue();
        }
    }

    @Test
    void when_the_successor_has_gone_the_driver_is_offered_again() throws Exception {
        registration.start();
        try (var _ = successor()) {
            registration.step(System.nanoTime());
        }
        Files.delete(registration.socket().path());

        registration.step(System.nanoTime());

        kubeletAccepts();
        assertThat(registration.state()).isEqualTo(new RegistrationState.Registered());
    }

    @Test
    void a_clean_stop_removes_the_socket_and_nothing_brings_it_back() throws Exception {
        registration.start();

        assertThat(registration.stop()).isEqualTo(new RegistrarEnd.Stopped());
        registration.step(System.nanoTime());

        assertThat(registration.socket().path()).doesNotExist();
        assertThat(registration.state()).isEqualTo(new RegistrationState.Stopped());
    }

    private Registration registrationWith(AfterRefusal afterRefusal) {
        return new Registration(new RegistrationOptions(registry, "local.csi.solo", ENDPOINT, afterRefusal));
    }

    private void kubeletAccepts() {
        try (var kubelet = FakeKubelet.connectedTo(registration.socket())) {
            assertThat(kubelet.getInfo().getName()).isEqualTo("local.csi.solo");
            kubelet.accepts();
        }
    }

    private void kubeletRefuses(String error) {
        try (var kubelet = FakeKubelet.connectedTo(registration.socket())) {
            kubelet.refuses(error);
        }
    }

    private RegistrationState.Refused refused() {
        return (RegistrationState.Refused) registration.state();
    }

    /** Refuses, lets the pause pass and returns how long it was. */
    private Duration pauseAfterRefusal() {
        long before = System.nanoTime();
        kubeletRefuses("no");
        long retry = refused().retryNanos();
        registration.step(before);
        registration.step(retry);
        return Duration.ofHours(Duration.ofNanos(retry - before).toHours());
    }

    private Object inode() throws IOException {
        return Files.getAttribute(registration.socket().path(), "unix:ino");
    }

    private void leaveSocketBehind() throws IOException {
        try (var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.bind(UnixDomainSocketAddress.of(registration.socket().path()));
        }
        assertThat(registration.socket().path()).exists();
    }

    /** Another registrar of the same driver, which replaces the socket as the Go one does. */
    private ServerSocketChannel successor() throws IOException {
        Path path = registration.socket().path();
        Files.delete(path);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        return channel.bind(UnixDomainSocketAddress.of(path));
    }
}
