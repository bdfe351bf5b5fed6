package solo.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A {@code solo} command in a JVM of its own, which a test may kill. */
final class SoloChild implements AutoCloseable {

    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);

    private SoloChild(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::read);
    }

    /** {@code solo controller} over the bundled driver's state folder. */
    static SoloChild controller(Bench bench, Path state, String... more) {
        List<String> command = new ArrayList<>(List.of("controller"));
        command.addAll(List.of("--kubeconfig", bench.cluster().kubeconfig().toString()));
        command.addAll(List.of("--state-dir", state.toString()));
        command.addAll(List.of("--node-id", bench.cluster().nodeName()));
        command.addAll(List.of(more));
        return run(command);
    }

    static SoloChild run(List<String> arguments) {
        return run(arguments, Map.of());
    }

    /** With these variables in its environment, too. */
    static SoloChild run(List<String> arguments, Map<String, String> environment) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "solo.app.Main"));
        command.addAll(arguments);
        try {
            ProcessBuilder child = new ProcessBuilder(command).redirectErrorStream(true);
            child.environment().putAll(environment);
            return new SoloChild(child.start());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = reader.readLine()) != null) {
                synchronized (lines) {
                    lines.add(line);
                    lines.notifyAll();
                }
            }
        } catch (IOException killed) {
            // a killed process ends its output in the middle
        } finally {
            ended.countDown();
        }
    }

    /** What it has printed so far. */
    String output() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    /** Waits until it prints a line with this text. */
    void awaitLine(String text) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        synchronized (lines) {
            while (lines.stream().noneMatch(line -> line.contains(text))) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || (!process.isAlive() && ended.getCount() == 0)) {
                    throw new AssertionError("never printed '" + text + "':\n" + String.join("\n", lines));
                }
                lines.wait(Math.max(1, Math.min(TimeUnit.NANOSECONDS.toMillis(left), 500)));
            }
        }
    }

    /** kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM, without waiting. */
    void terminate() {
        process.destroy();
    }

    int awaitExit() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("still running:\n" + output());
        }
        ended.await();
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
