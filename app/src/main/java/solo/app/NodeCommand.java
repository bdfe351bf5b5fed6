package solo.app;

import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import solo.app.options.DriverInProcess;
import solo.app.options.SoloOptions;

/** {@code solo node}. */
@Command(
        name = "node",
        customSynopsis = "solo node [OPTIONS]",
        mixinStandardHelpOptions = true,
        versionProvider = SoloVersion.class,
        sortOptions = false,
        description = "What runs on every node: registers the driver with the kubelet and serves it.")
final class NodeCommand implements Callable<Integer> {

    @Mixin
    private final SoloOptions options = new SoloOptions();

    NodeCommand(DriverInProcess driver) {
        options.inProcess = driver;
    }

    @Override
    public Integer call() throws StartupProblem, InterruptedException {
        return SoloProcess.runUntilStopped(Set.of(Role.NODE), options);
    }
}
