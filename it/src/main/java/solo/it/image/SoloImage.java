package solo.it.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static solo.it.image.OciArchive.ordered;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import solo.app.SoloVersion;
import solo.it.cluster.ClusterException;
import solo.it.cluster.ClusterOptions;
import solo.it.cluster.Progress;

/**
 * The image of this build, for amd64: Java runtime, C library, a node's filesystem programs, Solo's jars and an archive
 * of their classes. The same sources and packages give the same digest.
 *
 * @param archive in the OCI layout
 * @param bill CycloneDX JSON, also inside the image
 * @param digest of the manifest
 * @param size of the archive in bytes, which is what is transferred
 */
public record SoloImage(Path archive, Path bill, String name, String digest, long size) {

    /** Where Solo is in the image. */
    static final String HOME = "opt/solo";

    /** No registry's name, so nobody pulls it by mistake. */
    public static final String REPOSITORY = "solo.local/solo";

    /** Nobody's: an image that needs no rights must not have them. */
    private static final String USER = "65532";

    /**
     * What to build.
     *
     * @param checkout with its modules packaged
     * @param name of the image with its tag
     * @param archive to write
     * @param classes the list of classes of another build, to get the same digest; null to make or find our own
     */
    public record Plan(
            Path checkout,
            String name,
            Path archive,
            @Nullable Path classes) {
        public Plan {
            archive = archive.toAbsolutePath();
        }

        /** The same image in another file. */
        public Plan into(Path other) {
            return new Plan(checkout, name, other, classes);
        }

        /** The usual name, in the checkout's target folder. */
        public static Plan standard(Path checkout) {
            String file = "solo-" + SoloVersion.text() + "-amd64.oci.tar";
            return new Plan(
                    checkout,
                    REPOSITORY + ":" + SoloVersion.text(),
                    checkout.resolve("target").resolve(file),
                    null);
        }
    }

    /**
     * Builds it, about 30 seconds.
     *
     * @param work a folder of ours
     * @throws ClusterException when a tool is missing or fails, in one sentence
     */
    public static SoloImage build(Plan plan, Path work, Progress progress) throws IOException {
        Path checkout = plan.checkout();
        Path archive = plan.archive();
        FileTree staging = FileTree.fresh(work.resolve("root"));
        FileTree.remove(work.resolve("tmp"));
        Files.deleteIfExists(work.resolve(ClassArchive.LOG));
        Files.createDirectories(archive.getParent());
        List<RuntimeJar> jars = RuntimeJar.of(checkout);
        String[] java = {""};
        step(progress, "Java runtime", () -> java[0] = JavaRuntime.into(staging));
        Path cache = ClusterOptions.xdg("XDG_CACHE_HOME", ".cache").resolve("debian");
        Path bill = archive.resolveSibling(
                archive.getFileName().toString().replaceFirst("(\\.oci)?\\.tar$", "") + ".cdx.json");
        step(progress, "Debian's programs and libraries, jars, bill of materials", () -> {
            List<DebianPackage> packages =
                    new DebianFiles(cache, work.resolve("debian"), staging.path(JavaRuntime.FOLDER)).into(staging);
            solo(staging, checkout, jars);
            Files.writeString(bill, BillOfMaterials.json(jars, packages, java[0]), UTF_8);
            staging.copy(bill, "usr/share/doc/solo/sbom.cdx.json", "rw-r--r--");
        });
        step(progress, "class archive, if need be after a training run", () -> {
            ClassArchive archived = new ClassArchive(staging, work.resolve("tmp"));
            if (plan.classes() == null) {
                archived.make(work.resolve("classes.txt"));
            } else {
                archived.makeFrom(plan.classes());
            }
        });
        String[] digest = {""};
        step(progress, "layers and archive", () -> digest[0] = pack(staging, plan.name(), archive, work));
        return new SoloImage(archive, bill, plan.name(), digest[0], Files.size(archive));
    }

    private static void solo(FileTree staging, Path checkout, List<RuntimeJar> jars) throws IOException {
        if (new TreeSet<>(jars.stream().map(RuntimeJar::fileName).toList()).size() != jars.size()) {
            throw new ClusterException("two jars of the app have the same name");
        }
        for (RuntimeJar jar : jars) {
            staging.copy(jar.file(), SoloImage.HOME + "/lib/" + jar.fileName(), "rw-r--r--");
        }
        JvmOptions.into(staging, checkout, jars);
        staging.copy(checkout.resolve("LICENSE"), "usr/share/doc/solo/LICENSE", "rw-r--r--");
        staging.text("etc/passwd", List.of("root:x:0:0:root:/:/", "solo:x:" + USER + ":" + USER + ":solo:/:/"));
        staging.text("etc/group", List.of("root:x:0:", "solo:x:" + USER + ":"));
        staging.text("etc/nsswitch.conf", List.of("passwd: files", "group: files", "hosts: files dns"));
        for (String mounted : List.of("dev", "proc", "sys", "run")) {
            staging.folder(mounted, "rwxr-xr-x");
        }
        staging.folder("tmp", "rwxrwxrwx");
    }

    /** Three layers, what changes least first, so that an upgrade transfers the last one only. */
    private static String pack(FileTree staging, String name, Path archive, Path work) throws IOException {
        String runtime = JavaRuntime.FOLDER;
        Layer system = Layer.write(staging, path -> !path.startsWith("opt"), work.resolve("system.tar.gz"));
        Layer java = Layer.write(
                staging,
                path -> path.startsWith(runtime) || runtime.startsWith(path + "/"),
                work.resolve("java.tar.gz"));
        Layer solo = Layer.write(
                staging, path -> path.startsWith("opt") && !path.startsWith(runtime), work.resolve("solo.tar.gz"));
        return new OciArchive(name, work).write(configuration(), List.of(system, java, solo), archive);
    }

    private static Map<String, Object> configuration() {
        return ordered(
                "architecture",
                "amd64",
                "os",
                "linux",
                "created",
                FileTree.TIME.toString(),
                "config",
                ordered(
                        "User",
                        USER + ":" + USER,
                        // One arena: many threads' arenas would hold memory that nobody uses.
                        "Env",
                        List.of("PATH=/usr/bin", "LANG=C.UTF-8", "MALLOC_ARENA_MAX=1"),
                        "Entrypoint",
                        List.of(
                                "/" + JavaRuntime.FOLDER + "/bin/java",
                                "@/" + JvmOptions.FILE,
                                "-XX:SharedArchiveFile=/" + ClassArchive.FILE,
                                "solo.app.Main"),
                        "WorkingDir",
                        "/",
                        "Labels",
                        ordered(
                                "org.opencontainers.image.licenses",
                                "Apache-2.0",
                                "org.opencontainers.image.title",
                                "solo",
                                "org.opencontainers.image.version",
                                SoloVersion.text())));
    }

    /** An action that may fail to read or write. */
    private interface Part {
        void run() throws IOException;
    }

    private static void step(Progress progress, String name, Part part) throws IOException {
        long start = System.nanoTime();
        progress.started(name);
        part.run();
        progress.finished(name, Duration.ofNanos(System.nanoTime() - start));
    }
}
