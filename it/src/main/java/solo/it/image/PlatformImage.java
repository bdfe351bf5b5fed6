package solo.it.image;

import static solo.it.image.OciArchive.ordered;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import solo.app.SoloVersion;
import solo.it.cluster.ClusterException;
import solo.it.cluster.ClusterOptions;
import solo.it.cluster.Progress;

/** The image for one processor: its files, packed into layers, and what they are. */
record PlatformImage(
        OciArchive.Content content, List<RuntimeJar> jars, List<DebianPackage> packages, JavaRuntime java) {

    /** Nobody's: an image that needs no rights must not have them. */
    static final String USER = "65532";

    /** One arena: many threads' arenas would hold memory that nobody uses. */
    static final List<String> ENVIRONMENT = List.of("PATH=/usr/bin", "LANG=C.UTF-8", "MALLOC_ARENA_MAX=1");

    static final List<String> ENTRYPOINT =
            List.of("/" + JavaRuntime.FOLDER + "/bin/java", "@/" + JvmOptions.FILE, "solo.app.Main");

    /** Where the runtime comes from, and the archives that files are taken of. */
    private record Inputs(JavaRuntime java, List<Path> archives) {}

    /** @param work a folder of ours */
    static PlatformImage build(SoloImage.Plan plan, Platform platform, Path work, Progress progress)
            throws IOException {
        Path own = Files.createDirectories(work.resolve(platform.architecture()));
        FileTree staging = FileTree.fresh(own.resolve("root"));
        FileTree.remove(own.resolve("tmp"));
        Files.deleteIfExists(own.resolve(ClassArchive.LOG));
        List<RuntimeJar> jars = RuntimeJar.of(plan.checkout());
        List<Inputs> inputs = new ArrayList<>();
        step(progress, platform + ": Java runtime and Debian's packages", () -> {
            Inputs found = inputs(plan, platform, own);
            found.java().into(staging);
            inputs.add(found);
        });
        JavaRuntime java = inputs.getFirst().java();
        List<DebianPackage> packages = new ArrayList<>();
        step(progress, platform + ": programs and libraries, jars, bill of materials", () -> {
            packages.addAll(new DebianFiles(platform, own.resolve("debian"), staging.path(JavaRuntime.FOLDER))
                    .into(staging, inputs.getFirst().archives()));
            packages.addAll(java.packages());
            solo(staging, plan.checkout(), jars);
            staging.text(
                    "usr/share/doc/solo/sbom.cdx.json",
                    List.of(new BillOfMaterials(jars, packages, List.of(java)).json()));
            check(staging, platform);
        });
        if (platform.isHere()) {
            step(progress, platform + ": class archive, if need be after a training run", () -> {
                ClassArchive archived = new ClassArchive(staging, own.resolve("tmp"));
                if (plan.classes() == null) {
                    archived.make(work.resolve("classes.txt"));
                } else {
                    archived.makeFrom(plan.classes());
                }
            });
        }
        List<Layer> layers = new ArrayList<>();
        step(progress, platform + ": layers", () -> layers.addAll(layers(staging, own)));
        return new PlatformImage(
                new OciArchive.Content(platform, configuration(platform), layers), jars, packages, java);
    }

    private static Inputs inputs(SoloImage.Plan plan, Platform platform, Path work) throws IOException {
        Path cache = ClusterOptions.xdg("XDG_CACHE_HOME", ".cache").resolve("debian");
        Apt apt = Apt.of(platform, cache);
        Path given = plan.targets().jdkForArm64();
        if (platform.isHere()) {
            return new Inputs(JavaRuntime.here(), apt.download(DebianFiles.packages()));
        }
        if (platform == Platform.ARM64 && given != null) {
            return new Inputs(JavaRuntime.of(given, List.of(), platform), apt.download(DebianFiles.packages()));
        }
        DebianJdk jdk = DebianJdk.find(platform, cache, work.resolve("jdk"));
        Set<String> names = DebianFiles.packages();
        names.removeAll(DebianJdk.replaced());
        return new Inputs(
                jdk.runtime(),
                Stream.concat(apt.download(names).stream(), jdk.libraries().stream())
                        .toList());
    }

    /** What a program for another processor would be found by otherwise is a node that cannot mount. */
    private static void check(FileTree staging, Platform platform) throws IOException {
        try (Stream<Path> files = Files.walk(staging.root())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (ElfFile.read(file)
                        .filter(elf -> elf.machine() != platform.machine())
                        .isPresent()) {
                    throw new ClusterException(
                            staging.root().relativize(file) + " in the image is not for " + platform);
                }
            }
        }
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
    private static List<Layer> layers(FileTree staging, Path work) throws IOException {
        String runtime = JavaRuntime.FOLDER;
        Layer system = Layer.write(staging, path -> !path.startsWith("opt"), work.resolve("system.tar.gz"));
        Layer java = Layer.write(
                staging,
                path -> path.startsWith(runtime) || runtime.startsWith(path + "/"),
                work.resolve("java.tar.gz"));
        Layer solo = Layer.write(
                staging, path -> path.startsWith("opt") && !path.startsWith(runtime), work.resolve("solo.tar.gz"));
        return List.of(system, java, solo);
    }

    private static Map<String, Object> configuration(Platform platform) {
        return ordered(
                "architecture",
                platform.architecture(),
                "os",
                "linux",
                "created",
                FileTree.TIME.toString(),
                "config",
                ordered(
                        "User",
                        USER + ":" + USER,
                        "Env",
                        ENVIRONMENT,
                        "Entrypoint",
                        entrypoint(platform),
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

    /** Without a class archive where none could be made: only the processor itself can. */
    private static List<String> entrypoint(Platform platform) {
        List<String> words = new ArrayList<>(ENTRYPOINT);
        if (platform.isHere()) {
            words.add(words.size() - 1, "-XX:SharedArchiveFile=/" + ClassArchive.FILE);
        }
        return words;
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
