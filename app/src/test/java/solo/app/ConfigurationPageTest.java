package solo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** docs/configuration.md is what the commands say of their flags; {@code -Dsolo.write-docs=true} writes it anew. */
class ConfigurationPageTest {

    private static final Path PAGE = Path.of("../docs/configuration.md");

    @Test
    void the_page_lists_every_flag_as_the_commands_have_it() throws IOException {
        String page = page();
        if (Boolean.getBoolean("solo.write-docs")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("write it anew: ./solo test -pl app -am -Dtest=ConfigurationPageTest -Dsolo.write-docs=true"
                        + " -Dsurefire.failIfNoSpecifiedTests=false")
                .isEqualTo(page);
    }

    private static String page() {
        Map<String, CommandLine> commands = Solo.commandLine(List.of()).getSubcommands();
        StringBuilder page = new StringBuilder("""
                # Configuration

                Every flag, as the commands list it with `--help`; written by `ConfigurationPageTest`. Flags of the Go
                sidecars keep their names, defaults and meaning; where something differs, `docs/parity` says so. In the chart
                they go into `controller.extraArgs` and `node.extraArgs`.

                ## solo controller, solo node, solo all
                """);
        for (ArgGroupSpec group : spec(commands, "all").argGroups()) {
            page.append("\n### ")
                    .append(group.heading().replace("%n", "").strip())
                    .append("\n\n");
            table(group.options(), page);
        }
        for (String command :
                List.of("explain", "node-driver-registrar", "livenessprobe", "snapshot-conversion-webhook")) {
            page.append("\n## solo ").append(command).append("\n\n");
            table(spec(commands, command).options(), page);
        }
        return page.toString();
    }

    private static CommandSpec spec(Map<String, CommandLine> commands, String name) {
        return Objects.requireNonNull(commands.get(name), name).getCommandSpec();
    }

    private static void table(List<OptionSpec> options, StringBuilder page) {
        page.append("| flag | what it does |\n|---|---|\n");
        options.stream()
                .filter(option -> !option.hidden() && !option.usageHelp() && !option.versionHelp())
                .forEach(option -> page.append("| `")
                        .append(String.join("`, `", option.names()))
                        .append(option.arity().max() == 0 ? "" : " " + option.paramLabel())
                        .append("` | ")
                        .append(String.join(" ", option.description()).replace("|", "\\|"))
                        .append(" |\n"));
    }
}
