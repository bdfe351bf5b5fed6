package solo.it.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import solo.it.cluster.ClusterException;
import solo.it.cluster.Command;

/**
 * The part of a JDK that Solo needs, cut out by the jlink of the JDK that runs this: of that JDK itself for this
 * machine's processor, of another one's modules for another.
 *
 * @param jdk the JDK it comes from
 * @param packages of Debian that the JDK is in
 */
record JavaRuntime(Path jdk, List<DebianPackage> packages) {

    static final String FOLDER = SoloImage.HOME + "/runtime";

    /** The last two are for whoever has to look into a running process: jcmd and flight recordings. */
    static final List<String> MODULES = List.of(
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

    /** Of the JDK that runs this. */
    static JavaRuntime here() {
        return new JavaRuntime(Path.of(System.getProperty("java.home")), List.of());
    }

    /**
     * Of a JDK for another processor.
     *
     * @throws ClusterException when it is another Java, for another processor, or has no modules to link
     */
    static JavaRuntime of(Path jdk, List<DebianPackage> packages, Platform platform) throws IOException {
        Map<String, String> release = release(jdk);
        String feature = Integer.toString(Runtime.version().feature());
        if (!release.getOrDefault("JAVA_VERSION", "").matches(feature + "(\\..*)?")) {
            throw new ClusterException(jdk + " is no JDK " + feature + ", the one that links it");
        }
        String made = release.getOrDefault("OS_ARCH", "an unknown processor");
        if (!platform.isCalled(made)) {
            throw new ClusterException(jdk + " is a JDK for " + made + ", not for " + platform);
        }
        if (!Files.exists(jdk.resolve("jmods/java.base.jmod"))) {
            throw new ClusterException(jdk + " has no folder jmods, which linking for another processor needs;"
                    + " some vendors offer it as a download of its own");
        }
        return new JavaRuntime(jdk, packages);
    }

    /** Puts it into the image. Not compressed: the layer is, and starting is faster so. */
    void into(FileTree staging) throws IOException {
        Path linker = Path.of(System.getProperty("java.home"), "bin/jlink");
        List<String> argv = new ArrayList<>(List.of(linker.toString(), "--add-modules=" + String.join(",", MODULES)));
        if (isHere()) {
            argv.add("--strip-debug");
        } else {
            // Symbols of programs could be taken out by the other processor's binutils only.
            argv.addAll(List.of("--module-path=" + jdk.resolve("jmods"), "--strip-java-debug-attributes"));
        }
        argv.addAll(
                List.of("--no-header-files", "--no-man-pages", "--compress=zip-0", "--output=" + staging.path(FOLDER)));
        new Command("cutting out the Java runtime", argv, Path.of("/"), Map.of()).output();
        for (String unused : List.of("bin/keytool", "bin/jwebserver", "bin/jps", "bin/jstat", "lib/jexec")) {
            Files.deleteIfExists(staging.path(FOLDER).resolve(unused));
        }
    }

    private boolean isHere() {
        return jdk.equals(here().jdk());
    }

    String name() throws IOException {
        return release(jdk).getOrDefault("IMPLEMENTOR", "").equals("Eclipse Adoptium") ? "temurin" : "openjdk";
    }

    String version() throws IOException {
        return release(jdk).getOrDefault("JAVA_RUNTIME_VERSION", "unknown");
    }

    private static Map<String, String> release(Path jdk) throws IOException {
        Properties release = new Properties();
        if (!Files.exists(jdk.resolve("release"))) {
            throw new ClusterException(jdk + " is no JDK: it has no file release");
        }
        try (var reader = Files.newBufferedReader(jdk.resolve("release"))) {
            release.load(reader);
        }
        Map<String, String> values = new TreeMap<>();
        release.stringPropertyNames()
                .forEach(name -> values.put(name, release.getProperty(name).replace("\"", "")));
        return values;
    }
}
