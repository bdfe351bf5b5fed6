package solo.it.cluster.upstream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.it.cluster.ClusterException;
import solo.it.cluster.Command;
import solo.it.cluster.Progress;
import solo.it.cluster.Ticker;
import solo.it.cluster.upstream.ClusterSpec.Event;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code cluster supervise} as a child: our end of its stdin keeps the cluster alive, and the kernel closes it when this
 * JVM ends, however it ends.
 */
final class Supervisor {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final JsonMapper JSON = new JsonMapper();

    /** Six processes with bounded patience each, containers to kill and folders to unmount. */
    private static final long END_SECONDS = 60;

    private final Path cluster;
    private final Path spec;
    private final Path errors;
    private final Process process;
    private final BufferedReader events;
    private final AtomicBoolean ending = new AtomicBoolean();

    private Supervisor(Path cluster, Path spec, Path errors) throws IOException {
        this.cluster = cluster;
        this.spec = spec;
        this.errors = errors;
        this.process = new ProcessBuilder(cluster.toString(), "supervise", spec.toString())
                .redirectError(errors.toFile())
                .start();
        this.events = process.inputReader();
    }

    /** Starts it and returns when the whole cluster is up, with its node ready. */
    static Supervisor start(Layout layout, ClusterSpec spec, Progress progress) {
        var folder = layout.folder();
        try {
            var file = folder.config("cluster.json");
            Files.write(file, JSON.writeValueAsBytes(spec));
            var supervisor = new Supervisor(layout.programs().cluster(), file, folder.log("supervise"));
            try {
                supervisor.awaitUp(progress);
            } catch (RuntimeException e) {
                supervisor.end();
                throw e;
            }
            Thread.ofVirtual().name("cluster-events").start(supervisor::watch);
            return supervisor;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the cluster's processes", e);
        }
    }

    private void awaitUp(Progress progress) {
        var running = new ConcurrentHashMap<String, Long>();
        try (var _ =
                new Ticker(() -> running.keySet().forEach(step -> progress.fraction(step, OptionalDouble.empty())))) {
            for (var event = next(); event != null; event = next()) {
                switch (event.event()) {
                    case "starting" -> {
                        running.put(event.process(), event.ms());
                        progress.started(event.process());
                    }
                    case "ready" -> {
                        var since = running.remove(event.process());
                        var took = Duration.ofMillis(event.ms() - (since == null ? 0 : since));
                        progress.finished(event.process(), took);
                    }
                    case "failed" -> throw new ClusterException("the cluster did not come up: " + event.message());
                    case "up" -> {
                        return;
                    }
                    default -> LOG.debug("cluster event={}", event.event());
                }
            }
        }
        throw new ClusterException("the cluster did not come up: " + lastWords());
    }

    /** After the start only failures are of interest. When it ends unasked, what it could not clean up is cleaned up. */
    private void watch() {
        for (var event = next(); event != null; event = next()) {
            if (event.event().equals("failed")) {
                LOG.error("cluster failed reason=\"{}\"", event.message());
            }
        }
        if (!ending.get()) {
            LOG.error("cluster ended=true reason=\"{}\"", lastWords());
            new Command("cleaning up", cluster.toString(), "cleanup", spec.toString()).output();
        }
    }

    private @Nullable Event next() {
        try {
            var line = events.readLine();
            return line == null ? null : JSON.readValue(line, Event.class);
        } catch (IOException e) {
            if (ending.get()) {
                return null;
            }
            throw new UncheckedIOException(e);
        }
    }

    private String lastWords() {
        try {
            return Files.readString(errors).strip();
        } catch (IOException e) {
            return "see " + errors;
        }
    }

    boolean isRunning() {
        return process.isAlive() && !ending.get();
    }

    /** Asks it to end everything, and waits for that. */
    void end() {
        ending.set(true);
        try {
            process.outputWriter().close();
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                LOG.error("cluster ended=false after={}s hint=\"the next start cleans up\"", END_SECONDS);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
