package solo.it.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import solo.it.cluster.Command;

/** The part of the JDK that Solo needs, cut out of the JDK that runs this. */
final class JavaRuntime {

    static final String FOLDER = SoloImage.HOME + "/runtime";

    /** The last two are for whoever has to look into a running process: jcmd and flight recordings. */
    private static final List<String> MODULES = List.of(
            "java.base",
            "java.logging",
            "java.management",
            "java.naming",
            "java.net.http",
            "java.xml",
            "jdk.httpserver",
            "jdk.management",
            "jdk.unsupported",
            "jdk.jcmd",
            "jdk.jfr");

    private JavaRuntime() {}

    /** Puts it into the image and says which version it is. Not compressed: the layer is, and starting is faster so. */
    static String into(FileTree staging) throws IOException {
        Path jdk = Path.of(System.getProperty("java.home"));
        new Command(
                        "cutting out the Java runtime",
                        jdk.resolve("bin/jlink").toString(),
                        "--add-modules=" + String.join(",", MODULES),
                        "--strip-debug",
                        "--no-header-files",
                        "--no-man-pages",
                        "--compress=zip-0",
                        "--output=" + staging.path(FOLDER))
                .output();
        for (String unused : List.of("bin/keytool", "bin/jwebserver", "bin/jps", "bin/jstat", "lib/jexec")) {
            Files.deleteIfExists(staging.path(FOLDER).resolve(unused));
        }
        return version(jdk);
    }

    private static String version(Path jdk) throws IOException {
        Properties release = new Properties();
        try (var reader = Files.newBufferedReader(jdk.resolve("release"))) {
            release.load(reader);
        }
        return Map.copyOf(release)
                .getOrDefault("JAVA_RUNTIME_VERSION", "\"unknown\"")
                .toString()
                .replace("\"", "");
    }
}
