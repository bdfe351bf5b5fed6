package solo.it.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program that is built with Go from a module that this project pins, once, and kept in the user's cache.
 *
 * @param sources the folder with go.mod and go.sum
 * @param module whose version is in go.mod, for example {@code helm.sh/helm/v3}
 * @param command the package to build
 * @param linking flags for the linker besides {@code -s -w}, or nothing
 */
public record GoProgram(Path sources, String module, String command, String linking) {

    /**
     * Finds it in the cache or builds it.
     *
     * @param suffix of the file's name, where the linker's flags make a difference
     * @throws ClusterException when Go is missing or the build fails
     */
    public Path buildOrFind(String suffix, Progress progress) {
        String name = Path.of(command).getFileName().toString();
        Path cache = ClusterOptions.xdg("XDG_CACHE_HOME", ".cache").resolve(name);
        try {
            Path program = cache.resolve(name + "-" + version() + suffix);
            if (!Files.isExecutable(program)) {
                Files.createDirectories(cache);
                Path part = Files.createTempFile(cache, "building-", "");
                build(name, part, progress);
                Files.move(part, program, StandardCopyOption.ATOMIC_MOVE);
            }
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep " + name + " in " + cache, e);
        }
    }

    private String version() throws IOException {
        Path file = sources.resolve("go.mod");
        Matcher required =
                Pattern.compile("\\b" + Pattern.quote(module) + " (v\\S+)").matcher(Files.readString(file));
        if (!required.find()) {
            throw new ClusterException(file + " requires no " + module);
        }
        return required.group(1);
    }

    private void build(String name, Path into, Progress progress) {
        List<String> argv = List.of(
                "nice",
                "-n",
                "5",
                "go",
                "build",
                "-trimpath",
                "-buildvcs=false",
                "-ldflags",
                ("-s -w " + linking).strip(),
                "-o",
                into.toString(),
                command);
        String step = "build " + name + " from its Go module (once)";
        Command building = new Command("building " + name, argv, sources, Map.of("CGO_ENABLED", "0"));
        progress.step(step, () -> building.run(line -> {}, () -> progress.fraction(step, OptionalDouble.empty())));
    }
}
