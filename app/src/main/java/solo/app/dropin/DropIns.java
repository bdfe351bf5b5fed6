package solo.app.dropin;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The commands that stand in for Go programs, and what is particular about calling them. */
public final class DropIns {

    /** For {@code --help}. */
    public static final String NAMES = "node-driver-registrar, livenessprobe, snapshot-conversion-webhook";

    private static final Set<Class<?>> COMMANDS = Set.of(
            NodeDriverRegistrarCommand.class, LivenessProbeCommand.class, SnapshotConversionWebhookCommand.class);

    private DropIns() {}

    /** In Go a flag that is given twice is no mistake; the last one counts. */
    public static void addTo(CommandLine solo) {
        for (Object command : List.of(
                new NodeDriverRegistrarCommand(), new LivenessProbeCommand(), new SnapshotConversionWebhookCommand())) {
            solo.addSubcommand(new CommandLine(command).setOverwrittenOptionsAllowed(true));
        }
    }

    /** A manifest that gives flags only names its program in {@code SOLO_COMMAND}; a command that is given wins. */
    public static String[] calledAs(@Nullable String program, String... arguments) {
        boolean flagsOnly = arguments.length == 0 || arguments[0].startsWith("-");
        if (program == null || program.isEmpty() || !flagsOnly) {
            return arguments;
        }
        return Stream.concat(Stream.of(program), Arrays.stream(arguments)).toArray(String[]::new);
    }

    /** The arguments of a drop-in command in the syntax that the parser knows; all others as they are. */
    public static String[] writtenOut(CommandLine solo, String... arguments) {
        CommandLine command =
                arguments.length == 0 ? null : solo.getSubcommands().get(arguments[0]);
        if (command == null || !COMMANDS.contains(command.getCommand().getClass())) {
            return arguments;
        }
        List<String> given = Arrays.asList(arguments).subList(1, arguments.length);
        return Stream.concat(Stream.of(arguments[0]), GoFlags.writtenOut(command.getCommandSpec(), given).stream())
                .toArray(String[]::new);
    }
}
