package solo.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The csi-sanity that driver/sanity/go.mod pins, built once and kept in the user's cache, with two cases of 5.6.0 mended on
 * the way.
 *
 * <p>No driver can pass the one about a snapshot's topology if it says where the snapshot can be used: the topology in the
 * answer is compared with the one that was sent by Go's reflect.DeepEqual, and a message that was sent has its length noted
 * in it. Here the segments are compared, which are all that a topology has.
 *
 * <p>The one about pages of volumes that come and go is switched off, because drivers whose tokens are numbers fail it. Ours
 * are not, so it is switched on.
 */
final class CsiSanityProgram {
    private static final String VERSION = "5.6.0";
    private static final String MODULE = "github.com/kubernetes-csi/csi-test/v5";

    private record Mending(String from, String to) {}

    private static final List<Mending> MENDINGS = List.of(
            new Mending(
                    "Expect(topo).To(Equal(ni.GetAccessibleTopology()))",
                    "Expect(topo.GetSegments()).To(Equal(ni.GetAccessibleTopology().GetSegments()))"),
            new Mending(
                    "XIt(\"pagination should detect volumes added between pages",
                    "It(\"pagination should detect volumes added between pages"));

    private CsiSanityProgram() {}

    static Path built() throws IOException, InterruptedException {
        Path program = cache().resolve("csi-sanity-" + VERSION + "-mended");
        if (Files.isExecutable(program)) {
            return program;
        }
        Path build = Files.createTempDirectory(Files.createDirectories(cache()), "build-");
        System.out.println("csi-sanity " + VERSION + ": building it with Go, once, into " + program);
        try {
            run(List.of("go", "mod", "download", MODULE));
            String source =
                    run(List.of("go", "list", "-m", "-f", "{{.Dir}}", MODULE)).strip();
            Path suite = build.resolve("suite");
            run(List.of("cp", "--recursive", "--no-preserve=mode", source, suite.toString()));
            mend(suite.resolve("pkg/sanity/controller.go"));
            Path modules = build.resolve("mended.mod");
            Files.copy(Path.of("sanity/go.mod"), modules);
            Files.copy(Path.of("sanity/go.sum"), build.resolve("mended.sum"));
            run(List.of("go", "mod", "edit", "-replace", MODULE + "=" + suite, modules.toString()));
            Path unfinished = build.resolve("csi-sanity");
            run(List.of("go", "build", "-modfile=" + modules, "-o", unfinished.toString(), MODULE + "/cmd/csi-sanity"));
            Files.move(unfinished, program, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            run(List.of("rm", "--recursive", build.toString()));
        }
        return program;
    }

    private static void mend(Path file) throws IOException {
        String source = Files.readString(file);
        for (Mending mending : MENDINGS) {
            assertThat(source)
                    .as("csi-sanity %s is another one: take this mending out of CsiSanityProgram", VERSION)
                    .containsOnlyOnce(mending.from());
            source = source.replace(mending.from(), mending.to());
        }
        Files.writeString(file, source);
    }

    private static Path cache() {
        String given = System.getenv("XDG_CACHE_HOME");
        Path home =
                given == null || given.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(given);
        return home.resolve("solo").resolve("csi-sanity");
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(Path.of("sanity").toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException noGo) {
            throw new AssertionError(
                    "csi-sanity is a Go program and no `go` is on the PATH; install Go 1.25 or newer", noGo);
        }
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            fail("%s failed:%n%s", String.join(" ", command), output);
        }
        return output;
    }
}
