package solo.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as {@code ./solo} starts it, with the commands that need the sources. */
class MainTest {

    @ParameterizedTest
    @ValueSource(strings = {"up", "bench", "image", "bundle", "all", "controller", "node", "explain"})
    void every_command_has_its_help(String command) {
        assertThat(Main.run(command, "--help")).isZero();
    }
}
