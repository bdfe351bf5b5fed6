package solo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/troubleshooting.md explains every event that a controller sends, and none that nobody sends. */
class TroubleshootingPageTest {

    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

    /** The reason is the first argument: a literal, or a constant of the same module, qualified or not. */
    private static final Pattern SENT =
            Pattern.compile("EventNote\\.(?:normal|warning|underway)\\(\\s*(?:\"(\\w+)\"|(?:(\\w+)\\.)?([A-Z_]+)\\b)");

    private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\|");

    @Test
    void every_event_has_a_row_and_every_row_an_event() throws IOException {
        Set<String> explained = new TreeSet<>();
        for (String line : Files.readAllLines(CHECKOUT.resolve("docs/troubleshooting.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.find()) {
                explained.add(row.group(1));
            }
        }

        assertThat(explained).isEqualTo(sent());
    }

    private static Set<String> sent() throws IOException {
        Set<String> reasons = new TreeSet<>();
        for (String module : List.of("provisioner", "attacher", "resizer", "snapshotter", "healthmonitor")) {
            List<String> sources = sources(CHECKOUT.resolve(module).resolve("src/main"));
            for (String source : sources) {
                for (Matcher found = SENT.matcher(source); found.find(); ) {
                    reasons.add(found.group(1) != null ? found.group(1) : constant(found, source, sources));
                }
            }
        }
        return reasons;
    }

    /** The value of a constant, of its own file if it is not qualified: two files may use one name. */
    private static String constant(MatchResult sent, String own, List<String> others) {
        String type = sent.group(2);
        String name = sent.group(3);
        Pattern home = Pattern.compile("(?:class|interface|record) " + type + "\\b");
        Pattern definition = Pattern.compile("String " + name + " = \"(\\w+)\"");
        return Stream.concat(Stream.of(own), others.stream())
                .filter(source -> type == null || home.matcher(source).find())
                .map(definition::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no value found for the event reason " + name));
    }

    private static List<String> sources(Path folder) throws IOException {
        List<String> texts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }
}
