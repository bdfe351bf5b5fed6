package solo.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import solo.app.StartupProblem;
import solo.app.options.SoloOptions;

/** Go sidecars as processes, on the socket of the node half. Ended with the bench. */
final class OtherSidecars implements AutoCloseable {

    /** They answer on no port and elect nobody, so nothing but the log shows that they have begun. */
    private static final Duration FILLING_CACHES = Duration.ofSeconds(5);

    private final List<Process> processes = new ArrayList<>();

    private OtherSidecars() {}

    /** @param log where they write */
    static OtherSidecars start(List<String> commands, SoloOptions options, Path log)
            throws StartupProblem, InterruptedException {
        Path socket = options.node.kubeletDir.resolve("plugins/local.csi.solo/csi.sock");
        while (!Files.exists(socket)) {
            Thread.sleep(100);
        }
        OtherSidecars started = new OtherSidecars();
        for (String given : commands) {
            List<String> command = new ArrayList<>(List.of(given.strip().split("\\s+")));
            command.addAll(List.of(
                    "--kubeconfig=" + options.kubernetes.kubeconfig, "--kube-api-qps=2000", "--kube-api-burst=2000"));
            // The only one that talks to no driver.
            if (!command.getFirst().contains("snapshot-controller")) {
                command.add("--csi-address=" + socket);
            }
            try {
                started.processes.add(new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start());
            } catch (IOException failed) {
                started.close();
                throw new StartupProblem("--instead " + given + ": " + failed.getMessage(), failed);
            }
        }
        Thread.sleep(FILLING_CACHES);
        return started;
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
        processes.forEach(process -> process.onExit().join());
    }
}
