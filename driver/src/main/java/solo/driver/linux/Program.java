package solo.driver.linux;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A program of the node, run to its end with these very arguments; never a shell. */
public final class Program {
    private static final int MOST_OUTPUT = 4096;

    private Program() {}

    /**
     * Interrupted, the program is killed.
     *
     * @param debianPackage that brings it, for whoever has to install it
     * @throws IOException with the first line that it printed, if it fails
     */
    public static void run(String debianPackage, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(command)).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process;
        try {
            process = builder.start();
        } catch (IOException missing) {
            throw new IOException(
                    "the program " + command[0] + " cannot be run on this node; install the package " + debianPackage,
                    missing);
        }
        try (InputStream output = process.getInputStream()) {
            process.getOutputStream().close();
            String said = new String(output.readNBytes(MOST_OUTPUT), UTF_8);
            output.skip(Long.MAX_VALUE);
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException(
                        said.isBlank()
                                ? command[0] + " ended with code " + code
                                : said.lines().findFirst().orElse(said));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(command[0] + " was interrupted", stopped);
        } finally {
            process.destroyForcibly();
        }
    }
}
