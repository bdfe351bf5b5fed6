package solo.it.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The image's argument file for {@code java}: what ./solo gives too, a heap that follows the container, the jars. */
final class JvmOptions {

    static final String FILE = SoloImage.HOME + "/java.options";

    private JvmOptions() {}

    /** Jars one by one, since the class archive is valid for just this class path. */
    static void into(FileTree staging, Path checkout, List<RuntimeJar> jars) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(checkout.resolve("app/jvm.options")));
        lines.addAll(Files.readAllLines(checkout.resolve("app/container.options")));
        lines.add("-cp");
        lines.add(jars.stream()
                .map(jar -> "/" + SoloImage.HOME + "/lib/" + jar.fileName())
                .collect(Collectors.joining(":")));
        staging.text(FILE, lines);
    }
}
