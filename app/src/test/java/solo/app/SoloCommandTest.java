package solo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SoloCommandTest {

    @Test
    void version_is_told_at_once_whatever_else_is_given() {
        StringWriter out = new StringWriter();
        CommandLine line = Solo.commandLine(List.of());
        line.setOut(new PrintWriter(out, true));

        assertThat(Solo.execute(line, "controller", "--version", "--enable-capacity"))
                .isZero();
        assertThat(out.toString()).contains(SoloVersion.text());
    }
}
