package solo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        return new Said(line.execute(arguments), err.toString());
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
    void a_state_folder_that_is_a_file_is_refused() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        Said said = solo("node", "--state-dir", file.toString(), "--kubelet-dir", folder.toString());
        said.isOneSentence();
        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.words()).contains("--state-dir", file.toString());
    }
}
