package solo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A user's mistake gets one sentence: what is wrong, where, what to do. Never a stack trace. */
class BadInputTest {

    @TempDir
    Path folder;

    /** What a command said and how it ended. */
    private record Said(int exit, String words) {
        void isOneSentence() {
            assertThat(words.strip().lines()).as(words).hasSize(1);
            assertThat(words).doesNotContain("Exception", "\tat ");
        }
    }

    private static Said solo(String... arguments) {
        StringWriter err = new StringWriter();
        CommandLine line = Solo.commandLine(List.of());
        line.setErr(new PrintWriter(err, true));
        return new Said(Solo.execute(line, arguments), err.toString());
    }

    @Test
    void an_unknown_flag_is_named_and_exits_2() {
        Said said = solo("controller", "--no-such-flag");
        said.isOneSentence();
        assertThat(said.words()).contains("unknown option --no-such-flag", "--help");
        assertThat(said.exit()).isEqualTo(2);
    }

    @Test
    void a_misspelled_flag_gets_a_suggestion() {
        assertThat(solo("controller", "--kubeconfg", "x").words()).contains("did you mean --kubeconfig");
    }

    @Test
    void an_unknown_command_is_named_and_exits_2() {
        Said said = solo("provision");
        said.isOneSentence();
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.words()).contains("provision");
    }

    @Test
    void a_bad_duration_is_named_with_its_flag() {
        Said said = solo("controller", "--provisioner-timeout", "ten");
        said.isOneSentence();
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.words()).contains("--provisioner-timeout", "'ten'", "1m30s");
    }

    @Test
    void a_missing_kubeconfig_is_named_and_exits_1() {
        Path missing = folder.resolve("no-such-kubeconfig");
        Said said = solo("controller", "--kubeconfig", missing.toString(), "--state-dir", folder.toString());
        said.isOneSentence();
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.words()).contains(missing.toString());
    }

    @Test
    void an_unreachable_api_server_is_named_and_exits_1() throws Exception {
        Path kubeconfig = folder.resolve("kubeconfig");
        // Port 9 (discard) on loopback: nothing listens there.
        Files.writeString(kubeconfig, """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:9"}}]
                users: [{name: u, user: {}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """);
        Said said = solo("controller", "--kubeconfig", kubeconfig.toString(), "--state-dir", folder.toString());
        said.isOneSentence();
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.words()).contains("127.0.0.1:9");
    }

    @Test
    void a_socket_address_that_is_no_path_is_refused() {
        Said said = solo("node", "--csi-address", "tcp://10.0.0.1:1000", "--kubelet-dir", folder.toString());
        said.isOneSentence();
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.words()).contains("--csi-address", "tcp://10.0.0.1:1000");
    }

    @Test
    void a_limit_of_calls_below_zero_is_refused() {
        Said said = solo("node", "--max-driver-calls", "-1", "--kubelet-dir", folder.toString());
        said.isOneSentence();
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.words()).contains("--max-driver-calls", "-1");
    }

    @Test
    void a_limit_of_volumes_and_the_size_of_a_pool_that_cannot_be_are_refused() {
        for (String bad : List.of("-1", "many", "", "3000000000")) {
            Said said = solo("node", "--max-volumes-per-node=" + bad);
            said.isOneSentence();
            assertThat(said.exit()).isEqualTo(2);
            assertThat(said.words()).contains("--max-volumes-per-node", "'" + bad + "'", "0 for no limit");
        }
        for (String bad : List.of("0", "-1Gi", "plenty", "", "10GB", "9Ei", "1e19")) {
            Said said = solo("node", "--pool-size=" + bad);
            said.isOneSentence();
            assertThat(said.exit()).isEqualTo(2);
            assertThat(said.words()).contains("--pool-size", "'" + bad + "'", "500Gi");
        }
    }

    @Test
    void a_folder_of_the_kubelet_that_is_not_from_the_root_is_refused() {
        Said said = solo("node", "--kubelet-dir=kubelet");
        said.isOneSentence();
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.words()).contains("--kubelet-dir", "'kubelet'", "begin it with /");
    }

    @Test
    void a_state_folder_that_is_a_file_is_refused() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        Said said = solo("node", "--state-dir", file.toString(), "--kubelet-dir", folder.toString());
        said.isOneSentence();
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.words()).contains("--state-dir", file.toString());
    }

    @Test
    void a_drop_in_refuses_an_unknown_flag_as_the_go_program_does() {
        Said said = solo("node-driver-registrar", "-no-such-flag=1");
        said.isOneSentence();
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.words()).contains("unknown option -no-such-flag=1", "node-driver-registrar --help");
    }

    @Test
    void a_word_after_a_boolean_is_not_its_value_and_is_not_ignored() {
        Said said = solo("node-driver-registrar", "--enable-pprof", "false");
        said.isOneSentence();
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.words()).contains("argument false");
    }

    @Test
    void a_drop_in_names_the_flag_of_a_bad_value() {
        for (String bad : List.of("--timeout=ten", "--health-port=http", "--enable-pprof=perhaps")) {
            Said said = solo("node-driver-registrar", bad);
            said.isOneSentence();
            assertThat(said.exit()).isEqualTo(2);
            assertThat(said.words()).contains(bad.substring(0, bad.indexOf('=')));
        }
    }

    @Test
    void a_registrar_without_its_registration_path_is_told_so_even_in_the_mode_that_does_nothing() {
        for (String mode : List.of("", "kubelet-registration-probe")) {
            Said said = solo("node-driver-registrar", "--mode", mode);
            said.isOneSentence();
            assertThat(said.exit()).isEqualTo(1);
            assertThat(said.words()).contains("--kubelet-registration-path is missing");
        }
    }

    @Test
    void a_logging_format_that_go_refuses_is_refused_before_anything_else() {
        Said said = solo("node-driver-registrar", "--logging-format=xml", "--version");
        said.isOneSentence();
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.words()).contains("--logging-format", "'xml'");
    }

    @Test
    void a_drop_in_that_cannot_reach_its_driver_says_what_is_wrong_with_the_address() {
        for (String[] call : new String[][] {
            {"node-driver-registrar", "--kubelet-registration-path=/x", "--csi-address=tcp://10.0.0.1:1"},
            {"livenessprobe", "--csi-address=tcp://10.0.0.1:1"}
        }) {
            Said said = solo(call);
            said.isOneSentence();
            assertThat(said.exit()).isEqualTo(1);
            assertThat(said.words()).contains("tcp://10.0.0.1:1", "is not a unix socket");
        }
    }

    @Test
    void a_livenessprobe_with_two_addresses_is_refused() {
        for (String other : List.of("--health-port=9809", "--metrics-address=:9810")) {
            Said said = solo("livenessprobe", "--http-endpoint=:9808", other);
            said.isOneSentence();
            assertThat(said.exit()).isEqualTo(1);
            assertThat(said.words()).contains("--http-endpoint and " + other.substring(0, other.indexOf('=')));
        }
    }

    @Test
    void a_webhook_without_a_usable_certificate_names_the_flag() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty"));
        for (List<String> bad : List.of(
                List.of("--tls-private-key-file=x", "--tls-cert-file is missing"),
                List.of("--tls-cert-file=" + folder.resolve("none"), "--tls-private-key-file is missing"),
                List.of(
                        "--tls-cert-file=" + folder.resolve("none"),
                        "--tls-private-key-file=" + empty,
                        "there is no such file"),
                List.of("--tls-cert-file=" + empty, "--tls-private-key-file=" + empty, "no certificate in PEM"))) {
            Said said = solo(Stream.concat(
                            Stream.of("snapshot-conversion-webhook"),
                            bad.stream().limit(bad.size() - 1))
                    .toArray(String[]::new));
            said.isOneSentence();
            assertThat(said.exit()).isEqualTo(1);
            assertThat(said.words()).contains("--tls-", bad.getLast());
        }
    }

    @Test
    void numbers_and_times_that_would_stop_or_never_stop_the_work_are_refused() {
        for (String bad : List.of(
                "--worker-threads=0",
                "--cloning-protection-threads=-1",
                "--capacity-threads=many",
                "--kube-api-capacity-burst=0",
                "--capacity-poll-interval=0s",
                "--node-deployment-base-delay=soon",
                "--snapshot-orphan-sweep-interval=5")) {
            Said said = solo("controller", bad);
            said.isOneSentence();
            assertThat(said.exit()).isEqualTo(2);
            assertThat(said.words()).contains(bad.substring(0, bad.indexOf('=')));
        }
    }

    @Test
    void flags_that_do_not_go_together_or_name_what_does_not_exist_are_told_before_anything_starts() {
        for (List<String> bad : List.of(
                List.of("controller", "--feature-gates=NoSuchGate=true"),
                List.of("controller", "--logging-format=xml"),
                List.of("controller", "--metrics-address=:1", "--http-endpoint=:2"),
                List.of("controller", "--leader-election-labels=app"),
                List.of("node", "--node-deployment", "--node-id=n", "--leader-election"))) {
            Said said = solo(bad.toArray(String[]::new));
            said.isOneSentence();
            assertThat(said.exit()).isEqualTo(1);
            assertThat(said.words()).contains(bad.get(1).split("=", 2)[0]);
        }
    }

    @Test
    void a_missing_variable_of_the_environment_is_named() {
        Said node = solo("node", "--node-deployment");
        node.isOneSentence();
        assertThat(node.words()).contains("--node-deployment", "NODE_NAME");
        Said capacity = solo("controller", "--enable-capacity");
        capacity.isOneSentence();
        assertThat(capacity.words()).contains("--enable-capacity", "NAMESPACE");
    }

    @Test
    void explain_wants_a_name_or_a_file() {
        Said said = solo("explain", "pvc");
        said.isOneSentence();
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.words()).contains("-f");
    }

    @Test
    void explain_names_what_it_can_explain() {
        Said said = solo("explain", "pod", "web");
        said.isOneSentence();
        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.words()).contains("'pod' cannot be explained", "snapshot (vs)", "groupcontent (vgsc)");
        for (String kind : List.of(
                "vs", "volumesnapshot", "vsc", "volumesnapshotcontent", "vgs", "vgsc", "volumegroupsnapshotcontent")) {
            assertThat(solo("explain", kind).words()).contains("give the name");
        }
    }

    @Test
    void explain_refuses_what_the_controller_would_refuse() {
        for (String bad :
                List.of("--volume-name-prefix=", "--snapshot-name-prefix=", "--feature-gates=NoSuchGate=true")) {
            Said said = solo("explain", "pvc", "data", bad);
            said.isOneSentence();
            assertThat(said.exit()).isEqualTo(1);
            assertThat(said.words()).contains(bad.substring(0, bad.indexOf('=')));
        }
    }

    @Test
    void a_claim_file_that_cannot_be_used_is_named_before_any_cluster_is_asked() throws Exception {
        Path file = folder.resolve("claim.yaml");
        assertThat(explained(file)).contains("there is no such file");
        Files.writeString(file, "spec: [");
        assertThat(explained(file)).contains("it is no YAML at line 1");
        Files.writeString(file, "kind: Pod");
        assertThat(explained(file)).contains("one PersistentVolumeClaim, but holds none");
        Files.writeString(file, "kind: PersistentVolumeClaim");
        assertThat(explained(file)).contains("no metadata.name");
    }

    private static String explained(Path file) {
        Said said = solo("explain", "pvc", "-f", file.toString());
        said.isOneSentence();
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.words()).contains(file.toString());
        return said.words();
    }
}
