package solo.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import solo.it.cluster.GoProgram;
import solo.it.up.Checkout;
import solo.it.up.Terminal;

/** Go sidecars at work on the socket of Solo's node half; closing kills them with -9. */
final class GoSidecars implements AutoCloseable {

    private static final String SNAPSHOTTER = "github.com/kubernetes-csi/external-snapshotter/v8";

    private final Bench bench;
    private final Path log;
    private final List<Process> running = new ArrayList<>();

    /** None yet. */
    GoSidecars(Bench bench) {
        this.bench = bench;
        try {
            this.log = Files.createTempFile("go-sidecars-", ".log");
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    /** The cluster's half of snapshots. */
    GoSidecars withSnapshotController() {
        return with("snapshot-controller", List.of());
    }

    /** The driver's half of snapshots. */
    GoSidecars withSnapshotter() {
        Path socket = bench.cluster().kubeletDirectory().resolve("plugins/local.csi.solo/csi.sock");
        return with("csi-snapshotter", List.of("--csi-address=" + socket));
    }

    private GoSidecars with(String name, List<String> flags) {
        Path program = new GoProgram(
                        Checkout.folder().resolve("it/sidecars"), SNAPSHOTTER, SNAPSHOTTER + "/cmd/" + name, "")
                .buildOrFind("", Terminal.standard());
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--kubeconfig=" + bench.cluster().kubeconfig(),
                "--kube-api-qps=2000",
                "--kube-api-burst=2000"));
        command.addAll(flags);
        try {
            running.add(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return this;
    }

    /** What they wrote, when one of them has ended by itself; a test that waits for its work would wait in vain. */
    void areAlive() {
        if (!running.stream().allMatch(Process::isAlive)) {
            try {
                throw new AssertionError("a Go sidecar has ended:\n" + Files.readString(log));
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }
    }

    @Override
    public void close() {
        running.forEach(Process::destroyForcibly);
        running.forEach(process -> process.onExit().join());
    }
}
