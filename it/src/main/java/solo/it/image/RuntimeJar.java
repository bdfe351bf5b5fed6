package solo.it.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import solo.app.SoloVersion;

/** A jar that the {@code solo} command needs at run time, and where it comes from. */
record RuntimeJar(String group, String artifact, String version, Path file) {

    /** As {@code mvn dependency:list} writes it, with the file at the end. */
    private static final Pattern LINE =
            Pattern.compile("\\s*([^:\\s]+):([^:]+):jar:(?:[^:]+:)?([^:]+):(?:compile|runtime):(\\S+\\.jar).*");

    /** The app's own jar and then its dependencies, in the order of their names; tests' libraries are not among them. */
    static List<RuntimeJar> of(Path checkout) {
        Path target = checkout.resolve("app/target");
        Path list = target.resolve("dependencies.txt");
        try (Stream<String> lines = Files.lines(list)) {
            String version = SoloVersion.text();
            RuntimeJar app =
                    new RuntimeJar("csi.solo", "solo-app", version, target.resolve("solo-app-" + version + ".jar"));
            return Stream.concat(Stream.of(app), parse(lines)).toList();
        } catch (IOException notBuilt) {
            throw new UncheckedIOException("what the app needs is not listed; build it with: mvn package", notBuilt);
        }
    }

    static Stream<RuntimeJar> parse(Stream<String> lines) {
        return lines.map(LINE::matcher)
                .filter(matcher -> matcher.matches())
                .map(found -> new RuntimeJar(found.group(1), found.group(2), found.group(3), Path.of(found.group(4))));
    }

    String fileName() {
        return file.getFileName().toString();
    }
}
