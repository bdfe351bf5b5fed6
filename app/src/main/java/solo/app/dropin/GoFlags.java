package solo.app.dropin;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Go's flag syntax, written out as {@code --name=value}: one dash or two, and a boolean takes a value after {@code =}
 * only, so the word after it is never its own.
 */
final class GoFlags {

    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "False");

    private GoFlags() {}

    /** What is no flag, or a flag that the command does not have, stays as it is and is refused by the parser. */
    static List<String> writtenOut(CommandSpec command, List<String> given) {
        List<String> written = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            String word = given.get(i);
            if (!word.startsWith("-") || word.equals("-") || word.equals("--")) {
                written.add(word);
                continue;
            }
            int equals = word.indexOf('=');
            String name = "--" + (equals < 0 ? word : word.substring(0, equals)).replaceFirst("^--?", "");
            String value = equals < 0 ? null : word.substring(equals + 1);
            OptionSpec option = option(command, name);
            if (option == null || option.usageHelp()) {
                written.add(option == null ? word : option.longestName());
            } else if (isBoolean(option)) {
                written.add(name + "=" + truth(value));
            } else if (value == null && i + 1 < given.size()) {
                written.add(name + "=" + given.get(++i));
            } else {
                written.add(value == null ? name : name + "=" + value);
            }
        }
        return written;
    }

    private static @Nullable OptionSpec option(CommandSpec command, String name) {
        OptionSpec option = command.findOption(name);
        // findOption also takes names without their dashes; -h is found as h.
        return option == null ? command.findOption(name.substring(1)) : option;
    }

    private static boolean isBoolean(OptionSpec option) {
        return option.type() == boolean.class || option.type() == Boolean.class;
    }

    private static String truth(@Nullable String value) {
        if (value == null || TRUE.contains(value)) {
            return "true";
        }
        return FALSE.contains(value) ? "false" : value;
    }
}
