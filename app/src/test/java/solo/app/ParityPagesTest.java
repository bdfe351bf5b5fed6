package solo.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages of docs/parity name the test that holds each row: each of them exists. */
class ParityPagesTest {

    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

    /** {@code `Class#method`}, {@code `Class`} where it ends in Test, {@code `#method`} of the class named last in its cell. */
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*(?:Test|IT|Contract))?(?:#(\\w+))?`");

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(CHECKOUT.resolve("docs/parity"))) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_test_that_a_page_names_exists(Path page) throws IOException {
        Map<String, String> tests = testSources();
        List<String> missing = new ArrayList<>();
        int named = 0;
        for (String line : Files.readAllLines(page)) {
            String type = null;
            for (Matcher found = NAMED.matcher(line); found.find(); ) {
                type = found.group(1) != null ? found.group(1) : type;
                String method = found.group(2);
                if (type == null || !exists(tests, type, method)) {
                    missing.add(found.group() + " in: " + line);
                }
                named++;
            }
        }

        assertThat(missing).isEmpty();
        assertThat(named).as("tests named by " + page.getFileName()).isPositive();
    }

    private static boolean exists(Map<String, String> tests, String type, String method) {
        String source = tests.get(type);
        return source != null
                && (method == null
                        || Pattern.compile("\\s" + method + "\\(")
                                .matcher(source)
                                .find());
    }

    /** Text of every test and simulation class of the checkout, by its simple name. */
    private static Map<String, String> testSources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> rooms = Files.list(CHECKOUT)) {
            for (Path room : rooms.filter(Files::isDirectory).toList()) {
                for (String folder : List.of("src/test/java", "simulation/src/main/java", "simulation/src/test/java")) {
                    read(room.resolve(folder), sources);
                }
            }
        }
        return sources;
    }

    private static void read(Path folder, Map<String, String> into) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                String name = file.getFileName().toString();
                into.merge(name.substring(0, name.length() - ".java".length()), Files.readString(file), String::concat);
            }
        }
    }
}
