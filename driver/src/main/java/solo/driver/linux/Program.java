package solo.driver.linux;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A program of the node, run to its end with these very arguments; never a shell.
 *
 * @param debianPackage that brings it, for whoever has to install it
 * @param highestGoodCode codes up to this one are no failure
 */
public record Program(String debianPackage, int highestGoodCode, List<String> command) {
    private static final int MOST_OUTPUT = 4096;

    public Program {
        command = List.copyOf(command);
    }

    public static Program of(String debianPackage, String... command) {
        return new Program(debianPackage, 0, List.of(command));
    }

    /** Some programs have good news to tell with a code above zero. */
    public Program withGoodCodesUpTo(int code) {
        return new Program(debianPackage, code, command);
    }

    public Program with(String argument) {
        var all = new ArrayList<>(command);
        all.add(argument);
        return new Program(debianPackage, highestGoodCode, all);
    }

    /**
     * Interrupted, the program is killed.
     *
     * @throws IOException with the line of its output that tells most, if it fails
     */
    public void run() throws IOException {
        String name = command.getFirst();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process;
        try {
            process = builder.start();
        } catch (IOException missing) {
            throw new IOException(
                    "the program " + name + " cannot be run on this node; install the package " + debianPackage,
                    missing);
        }
        try (InputStream output = process.getInputStream()) {
            process.getOutputStream().close();
            String said = new String(output.readNBytes(MOST_OUTPUT), UTF_8);
            output.skip(Long.MAX_VALUE);
            int code = process.waitFor();
            if (code > highestGoodCode) {
                throw new IOException(failure(name, code, said));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(name + " was interrupted", stopped);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String failure(String name, int code, String said) {
        List<String> lines = said.lines().filter(line -> !line.isBlank()).toList();
        if (lines.isEmpty()) {
            return name + " ended with code " + code;
        }
        String line = first(lines, candidate -> candidate.startsWith(name + ":"))
                .or(() -> first(
                        lines, candidate -> candidate.toLowerCase(Locale.ROOT).contains("error")))
                .orElse(lines.getFirst())
                .strip();
        return line.startsWith(name) ? line : name + ": " + line;
    }

    private static Optional<String> first(List<String> lines, Predicate<String> that) {
        return lines.stream().filter(that).findFirst();
    }
}
