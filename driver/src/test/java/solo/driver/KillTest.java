package solo.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solo.driver.state.RealDisk;

/** A real process, a real kill -9, at a random moment. */
class KillTest {
    private static final int KILLS = 5;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void whatever_was_answered_before_a_kill_holds_after_it() throws Exception {
        long seed = System.nanoTime();
        var random = new Random(seed);
        var promised = new TreeSet<String>();
        Files.createDirectories(directory.resolve("state"));
        for (int kill = 0; kill < KILLS; kill++) {
            String unanswered = runAndKill("kill" + kill, 5 + random.nextInt(200), promised);

            var driver = new TestDriver(
                    LocalDriver.open(TestDriver.options(directory), new RealDisk(), new FakeMounts()), directory);
            var listed = new TreeSet<>(driver.listed());
            var without = new TreeSet<>(listed);
            without.remove(unanswered);
            promised.remove(unanswered);
            assertThat(without).as("seed %s", seed).isEqualTo(promised);
            assertThat(names("dir")).as("seed %s", seed).isEqualTo(listed);
            assertThat(names("set-aside")).as("seed %s", seed).isEmpty();
            if (listed.contains(unanswered)) {
                driver.delete(unanswered);
            }
        }
        System.out.println("killed a process " + KILLS + " times, " + promised.size() + " volumes stayed");
    }

    /** The volume of the call that got no answer, or of the last one that did. */
    private String runAndKill(String prefix, int lines, Set<String> promised) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledDriver.class.getName(),
                        directory.toString(),
                        prefix))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String unanswered = "";
        try (BufferedReader output = process.inputReader(UTF_8)) {
            String line = output.readLine();
            for (int read = 0; line != null; read++) {
                if (read == lines) {
                    // The handle's kill leaves the output readable.
                    assertThat(process.toHandle().destroyForcibly()).isTrue();
                }
                String[] words = line.split(" ", 2);
                switch (words[0]) {
                    case "creating", "deleting" -> unanswered = words[1];
                    case "created" -> promised.add(words[1]);
                    case "deleted" -> promised.remove(words[1]);
                    default -> {}
                }
                line = output.readLine();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return unanswered;
    }

    private Set<String> names(String name) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("state").resolve(name))) {
            return new TreeSet<>(
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }
}
