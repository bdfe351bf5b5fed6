package solo.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The csi-sanity that driver/sanity/go.mod pins, built once and kept in the user's cache. */
final class CsiSanityProgram {
    private static final String VERSION = "5.6.0";
    private static final String SOURCE = "github.com/kubernetes-csi/csi-test/v5/cmd/csi-sanity";

    private CsiSanityProgram() {}

    static Path built() throws IOException, InterruptedException {
        Path program = cache().resolve("csi-sanity-" + VERSION);
        if (Files.isExecutable(program)) {
            return program;
        }
        Files.createDirectories(cache());
        Path unfinished = Files.createTempFile(cache(), "csi-sanity-", ".new");
        System.out.println("csi-sanity " + VERSION + ": building it with Go, once, into " + program);
        try {
            run(Path.of("sanity"), List.of("go", "build", "-o", unfinished.toString(), SOURCE));
            Files.move(unfinished, program, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        return program;
    }

    private static Path cache() {
        String given = System.getenv("XDG_CACHE_HOME");
        Path home =
                given == null || given.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(given);
        return home.resolve("solo").resolve("csi-sanity");
    }

    private static void run(Path directory, List<String> command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException noGo) {
            throw new AssertionError(
                    "csi-sanity is a Go program and no `go` is on the PATH; install Go 1.25 or newer", noGo);
        }
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            fail("building csi-sanity failed:%n%s", output);
        }
    }
}
