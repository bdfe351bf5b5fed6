package solo.app;

import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import solo.app.options.DriverInProcess;
import solo.app.options.SoloOptions;

/** {@code solo all}. */
@Command(
        name = "all",
        customSynopsis = "solo all [OPTIONS]",
        mixinStandardHelpOptions = true,
        versionProvider = SoloVersion.class,
        sortOptions = false,
        description = "Both halves in one process, for a cluster of one node.")
final class AllCommand implements Callable<Integer> {

    @Mixin
    private final SoloOptions options = new SoloOptions();

    AllCommand(DriverInProcess driver) {
        options.inProcess = driver;
    }

    @Override
    public Integer call() throws StartupProblem, InterruptedException {
        return SoloProcess.runUntilStopped(Set.of(Role.CONTROLLER, Role.NODE), options);
    }
}
