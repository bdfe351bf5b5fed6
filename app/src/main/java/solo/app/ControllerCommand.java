package solo.app;

import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import solo.app.options.DriverInProcess;
import solo.app.options.SoloOptions;

/** {@code solo controller}. */
@Command(
        name = "controller",
        customSynopsis = "solo controller [OPTIONS]",
        mixinStandardHelpOptions = true,
        versionProvider = SoloVersion.class,
        sortOptions = false,
        description = "What runs once per driver: makes, attaches, grows and deletes volumes.")
final class ControllerCommand implements Callable<Integer> {

    @Mixin
    private final SoloOptions options = new SoloOptions();

    ControllerCommand(DriverInProcess driver) {
        options.inProcess = driver;
    }

    @Override
    public Integer call() throws StartupProblem, InterruptedException {
        return SoloProcess.runUntilStopped(Set.of(Role.CONTROLLER), options);
    }
}
