package solo.it.cluster.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import solo.it.cluster.ClusterException;
import solo.it.cluster.ClusterOptions;
import solo.it.cluster.Command;
import solo.it.cluster.Progress;

/**
 * The programs of it/kubernetes, built once for each version of Kubernetes and of our sources.
 *
 * @param folder in the user's cache, never in the checkout
 * @param version of Kubernetes, with the v
 */
record GoPrograms(Path folder, String version) {
    private static final Pattern REQUIRED = Pattern.compile("(?m)^\\s*k8s\\.io/kubernetes (v(\\d+)\\.(\\d+)\\S*)$");

    private static final Pattern SOURCE = Pattern.compile("go\\.mod|go\\.sum|.*(?<!_test)\\.go");

    /** Packages that are compiled for it in all; only for the progress bar. */
    private static final double PACKAGES = 2800;

    private static final String BUILDING = "building-";

    Path kubernetes() {
        return folder.resolve("kubernetes");
    }

    Path cluster() {
        return folder.resolve("cluster");
    }

    Path runc() {
        return folder.resolve("runc");
    }

    Path pause() {
        return folder.resolve("pause");
    }

    /** Whether they are built, or Go is here to build them. */
    static boolean canBeHad() {
        return wanted().isBuilt()
                || Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "go")));
    }

    /** Finds them in the cache, or builds them: 4 to 6 minutes on two cores the first time, then 30 seconds. */
    static GoPrograms buildOrFind(Progress progress) {
        var programs = wanted();
        if (!programs.isBuilt()) {
            programs.build(progress);
        }
        return programs;
    }

    private static GoPrograms wanted() {
        var sources = ClusterOptions.goModule();
        var version = match(sources).group(1);
        var cache = ClusterOptions.xdg("XDG_CACHE_HOME", ".cache").resolve("kubernetes");
        return new GoPrograms(cache.resolve(version + "-" + checksum(sources)), version);
    }

    private boolean isBuilt() {
        return Files.isExecutable(kubernetes());
    }

    private void build(Progress progress) {
        var sources = ClusterOptions.goModule();
        try {
            Files.createDirectories(folder.getParent());
            // Another run that builds the same is waited for, and then there is nothing left to do.
            try (var lock = FileChannel.open(
                    folder.resolveSibling("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                progress.step("wait for the Go build's lock", () -> waitFor(lock));
                if (!isBuilt()) {
                    removeOlder();
                    var parts = Files.createTempDirectory(folder.getParent(), BUILDING);
                    download(sources, progress);
                    compile(sources, parts, progress);
                    Files.move(parts, folder, StandardCopyOption.ATOMIC_MOVE);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the Go programs in " + folder, e);
        }
    }

    /** The lock lives as long as its channel. */
    private static void waitFor(FileChannel lock) {
        try {
            lock.lock();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps the newest one, which another checkout may use; a build that was killed leaves a part. 150 MB each. */
    private void removeOlder() throws IOException {
        try (var all = Files.list(folder.getParent())) {
            var folders = all.filter(Files::isDirectory)
                    .sorted(Comparator.comparingLong(
                                    (Path path) -> path.toFile().lastModified())
                            .reversed())
                    .toList();
            var parts = folders.stream().filter(GoPrograms::isPart);
            var older = folders.stream().filter(path -> !isPart(path)).skip(1);
            for (var path : Stream.concat(parts, older).toList()) {
                try (var files = Files.walk(path)) {
                    for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    private static boolean isPart(Path path) {
        return path.getFileName().toString().startsWith(BUILDING);
    }

    private static void download(Path sources, Progress progress) {
        var step = "download Kubernetes' Go modules";
        var argv = List.of("go", "mod", "download");
        var command = new Command("downloading Go modules", argv, sources, Map.of());
        progress.step(step, () -> command.run(line -> {}, () -> progress.fraction(step, OptionalDouble.empty())));
    }

    private static void compile(Path sources, Path into, Progress progress) {
        var matched = match(sources);
        var symbol = " -X k8s.io/component-base/version.";
        // Without these the API server calls itself v0.0.0 and clients refuse it.
        var flags = "-s -w" + symbol + "gitVersion=" + matched.group(1) + symbol + "gitMajor=" + matched.group(2)
                + symbol + "gitMinor=" + matched.group(3);
        var argv = List.of(
                "nice",
                "-n",
                "5",
                "go",
                "build",
                "-v",
                "-trimpath",
                "-buildvcs=false",
                "-ldflags",
                flags,
                "-o",
                into + "/",
                "./cmd/...");
        var command = new Command("building Kubernetes", argv, sources, Map.of("CGO_ENABLED", "0"));
        var step = "build Kubernetes from its Go modules (once)";
        var compiled = new AtomicInteger();
        progress.step(
                step,
                () -> command.run(
                        line -> compiled.incrementAndGet(), () -> progress.fraction(step, done(compiled.get()))));
    }

    /** The first build compiles everything; a later one a few packages, and then links for the rest of its time. */
    private static OptionalDouble done(int compiled) {
        return compiled < 50 ? OptionalDouble.empty() : OptionalDouble.of(Math.min(0.97, compiled / PACKAGES));
    }

    private static Matcher match(Path sources) {
        try {
            var matcher = REQUIRED.matcher(Files.readString(sources.resolve("go.mod")));
            if (matcher.find()) {
                return matcher;
            }
            throw new ClusterException(sources.resolve("go.mod") + " requires no k8s.io/kubernetes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String checksum(Path sources) {
        try (var files = Files.walk(sources)) {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                if (SOURCE.matcher(file.getFileName().toString()).matches()) {
                    digest.update(sources.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                    digest.update(Files.readAllBytes(file));
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
