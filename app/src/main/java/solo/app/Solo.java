package solo.app;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;
import solo.app.dropin.DropIns;
import solo.app.explain.ExplainCommand;
import solo.app.options.DriverInProcess;

/** The {@code solo} command: its subcommands, and how it says that it was called wrongly. */
@Command(
        name = "solo",
        mixinStandardHelpOptions = true,
        versionProvider = SoloVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        description = {
            "",
            "CSI without sidecars: one process that provisions and attaches volumes,",
            "registers with the kubelet, and carries the storage driver itself.",
            ""
        },
        footer = {
            "",
            "In a checkout start with './solo up'; './solo test' runs all tests.",
            "'solo COMMAND --help' explains one command.",
            "The Go sidecars' command lines work too: solo " + DropIns.NAMES + "."
        })
public final class Solo implements Runnable {

    /** The command line was wrong, as in Go's flag package. */
    static final int WRONG_USAGE = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** Runs the command with further subcommands (those that need the sources) and returns its exit code. */
    public static int run(List<Object> more, String... arguments) {
        return execute(commandLine(more), DropIns.calledAs(System.getenv("SOLO_COMMAND"), arguments));
    }

    /** The same around a driver of your own instead of the bundled one: docs/writing-a-driver.md. */
    public static int run(DriverInProcess driver, String... arguments) {
        return execute(commandLine(List.of(), driver), arguments);
    }

    static int execute(CommandLine line, String... arguments) {
        return line.execute(DropIns.writtenOut(line, arguments));
    }

    static CommandLine commandLine(List<Object> more) {
        return commandLine(more, DriverInProcess.BUNDLED);
    }

    private static CommandLine commandLine(List<Object> more, DriverInProcess driver) {
        CommandLine line = new CommandLine(new Solo());
        more.forEach(line::addSubcommand);
        List.of(new AllCommand(driver), new ControllerCommand(driver), new NodeCommand(driver), new ExplainCommand())
                .forEach(line::addSubcommand);
        DropIns.addTo(line);
        line.setParameterExceptionHandler(oneSentence());
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            String name = command.getCommandSpec().qualifiedName();
            if (failure instanceof StartupProblem problem) {
                command.getErr().println(name + ": " + problem.getMessage());
            } else {
                command.getErr().println(name + ": failed unexpectedly: " + failure);
                failure.printStackTrace(command.getErr());
            }
            return 1;
        });
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        return line;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static IParameterExceptionHandler oneSentence() {
        return (problem, arguments) -> {
            CommandLine command = problem.getCommandLine();
            PrintWriter err = command.getErr();
            String name = command.getCommandSpec().qualifiedName();
            err.println(name + ": " + sentence(problem) + "; see '" + name + " --help'");
            return WRONG_USAGE;
        };
    }

    private static String sentence(ParameterException problem) {
        if (problem instanceof UnmatchedArgumentException unmatched) {
            List<String> suggestions = unmatched.getSuggestions();
            String unknown = unmatched.getUnmatched().getFirst();
            String what = unknown.startsWith("-") ? "unknown option " : "unknown command or argument ";
            return what
                    + unknown
                    + (suggestions.isEmpty() ? "" : " (did you mean " + String.join(" or ", suggestions) + "?)");
        }
        String message =
                String.valueOf(problem.getMessage()).lines().findFirst().orElse("wrong arguments");
        return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }
}
