package solo.it.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A program that is run to its end. Its output is seen line by line; when it fails, its last lines are the reason.
 *
 * @param what for people: "building Kubernetes"
 * @param environment added to ours
 */
public record Command(String what, List<String> argv, Path folder, Map<String, String> environment) {
    private static final int LAST_LINES = 12;

    public Command(String what, String... argv) {
        this(what, List.of(argv), Path.of("/"), Map.of());
    }

    /** Runs it and returns what it wrote. */
    public String output() {
        var lines = new StringBuilder();
        run(line -> lines.append(line).append('\n'), () -> {});
        return lines.toString();
    }

    /**
     * Runs it.
     *
     * @param line gets each line of its output, errors included
     * @param tick called each second while it runs
     * @throws ClusterException when it cannot be started or fails
     */
    public void run(Consumer<String> line, Runnable tick) {
        var last = new ArrayDeque<String>();
        try {
            var builder = new ProcessBuilder(argv).directory(folder.toFile()).redirectErrorStream(true);
            builder.redirectInput(
                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().putAll(environment);
            var process = builder.start();
            var reader = Thread.ofVirtual().start(() -> read(process, last, line));
            try {
                while (!process.waitFor(1, TimeUnit.SECONDS)) {
                    tick.run();
                }
                reader.join();
            } finally {
                process.destroy();
            }
            if (process.exitValue() != 0) {
                throw new ClusterException("%s failed with exit code %d: %s (command: %s)"
                        .formatted(what, process.exitValue(), String.join(" | ", last), String.join(" ", argv)));
            }
        } catch (IOException e) {
            throw new ClusterException(what + ": cannot run " + argv.getFirst() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException(what + " was interrupted", e);
        }
    }

    private static void read(Process process, ArrayDeque<String> last, Consumer<String> line) {
        try (var lines = process.inputReader()) {
            for (var text = lines.readLine(); text != null; text = lines.readLine()) {
                line.accept(text);
                last.addLast(text);
                if (last.size() > LAST_LINES) {
                    last.removeFirst();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
