package solo.it.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import solo.it.up.Checkout;
import tools.jackson.databind.json.JsonMapper;

/** The Dockerfile makes what {@code solo image} makes, as far as reading it can tell: there is no engine here. */
class DockerfileTest {

    /** @param stage 0 for what comes before the first FROM */
    private record Instruction(int stage, String name, String arguments) {}

    private static final Pattern INSTALLED = Pattern.compile("apt-get install ((?:-\\S+ )*)([a-z0-9 +-]+?) *(?:&&|$)");
    private static final int LAST_STAGE = 2;

    private final List<Instruction> instructions = instructions();

    @Test
    void it_runs_the_same_command_as_the_same_user_with_the_same_environment() {
        assertThat(Arrays.asList(new JsonMapper().readValue(last("ENTRYPOINT"), String[].class)))
                .isEqualTo(PlatformImage.ENTRYPOINT);
        assertThat(last("USER")).isEqualTo(PlatformImage.USER + ":" + PlatformImage.USER);
        assertThat(last("WORKDIR")).isEqualTo("/");
        // Debian's base has a path of its own.
        assertThat(PlatformImage.ENVIRONMENT).contains("PATH=/usr/bin").containsAll(words(last("ENV")));
        assertThat(words(last("ENV"))).hasSize(PlatformImage.ENVIRONMENT.size() - 1);
    }

    @Test
    void its_runtime_has_the_same_modules() {
        assertThat(runs()).contains("--add-modules=" + String.join(",", JavaRuntime.MODULES) + " ");
    }

    @Test
    void its_options_are_the_same_files() {
        assertThat(runs()).contains("cat app/jvm.options app/container.options > /" + JvmOptions.FILE + " ");
    }

    @Test
    void it_has_the_packages_of_the_same_programs() {
        var installed = INSTALLED.matcher(runs());
        assertThat(installed.find()).isTrue();
        assertThat(words(installed.group(1))).contains("--no-install-recommends");
        assertThat(words(installed.group(2))).containsExactlyInAnyOrderElementsOf(DebianFiles.PROGRAMS.keySet());
    }

    @Test
    void each_base_may_be_another_and_no_registry_is_named() {
        List<String> bases = arguments("FROM");
        assertThat(bases).hasSize(LAST_STAGE).allMatch(base -> base.startsWith("${"));
        assertThat(arguments("ARG")).hasSize(LAST_STAGE).allSatisfy(argument -> {
            String image = argument.substring(argument.indexOf('=') + 1);
            assertThat(image).as("a short name").matches("[a-z-]+:[a-z0-9.-]+");
        });
    }

    private String last(String name) {
        List<Instruction> found = instructions.stream()
                .filter(each -> each.stage() == LAST_STAGE && each.name().equals(name))
                .toList();
        assertThat(found).as(name + " of the last stage").hasSize(1);
        return found.getFirst().arguments();
    }

    private List<String> arguments(String name) {
        return instructions.stream()
                .filter(each -> each.name().equals(name))
                .map(Instruction::arguments)
                .toList();
    }

    private String runs() {
        return String.join("\n", arguments("RUN"));
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.strip().split("\\s+", -1));
    }

    private static List<Instruction> instructions() {
        String text;
        try {
            text = Files.readString(Checkout.folder().resolve("Dockerfile"));
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
        List<Instruction> instructions = new ArrayList<>();
        int stage = 0;
        for (String line :
                text.replaceAll("(?m)^#.*\n", "").replaceAll("\\\\\n\\s*", "").split("\n", -1)) {
            if (!line.isBlank()) {
                String[] parts = line.split(" ", 2);
                stage += parts[0].equals("FROM") ? 1 : 0;
                instructions.add(new Instruction(stage, parts[0], parts[1]));
            }
        }
        return instructions;
    }
}
