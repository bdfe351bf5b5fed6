package solo.it.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import solo.it.cluster.ClusterException;
import solo.it.cluster.DebianPackages;

/**
 * The CDS archive of Solo's classes: what a JVM has of them after loading, mapped into memory instead of made again at
 * each start (docs/decisions/013). Made by the image's own JVM in the image's own folders, since it is valid only there,
 * from a list of classes; the same list gives the same bytes.
 */
final class ClassArchive {

    static final String FILE = SoloImage.HOME + "/solo.jsa";
    static final String LOG = "training.log";
    private static final String LIST = "usr/share/doc/solo/classes.txt";

    private static final int PATIENCE_SECONDS = 120;

    /** Runs a command with the image's files as its own, and with a folder of ours as /tmp. */
    private static final String INSIDE = """
            set -e
            mount --rbind /dev "$0/dev"
            mount --rbind /proc "$0/proc"
            mount --bind "$1" "$0/tmp"
            root=$0
            shift
            exec chroot "$root" "$@"
            """;

    private final FileTree staging;
    private final Path scratch;

    /**
     * @param scratch an empty folder, /tmp of what runs
     */
    ClassArchive(FileTree staging, Path scratch) {
        this.staging = staging;
        this.scratch = scratch;
    }

    /**
     * Makes it from the list that was recorded for these very jars and this JVM, or records one first.
     *
     * @param recorded where such a list is kept; two recordings differ in a few classes, as threads happen to run
     */
    void make(Path recorded) throws IOException {
        staging.settleTimes();
        Files.createDirectories(scratch);
        String inputs = inputs();
        if (!Files.exists(recorded)
                || !inputs.equals(Files.readAllLines(recorded).getFirst())) {
            record(recorded, inputs);
        }
        makeFrom(recorded);
    }

    /** Makes it from somebody's list, for example one out of an image that is to be built again. */
    void makeFrom(Path list) throws IOException {
        Files.createDirectories(scratch);
        staging.copy(list, LIST, "rw-r--r--");
        staging.settleTimes();
        run(List.of(
                "-Xshare:dump",
                "-Xint",
                "-Xlog:disable",
                "-Xlog:all=error",
                "-XX:SharedClassListFile=/" + LIST,
                "-XX:SharedArchiveFile=/tmp/solo.jsa"));
        staging.copy(scratch.resolve("solo.jsa"), FILE, "rw-r--r--");
        staging.settleTimes();
        // Usually one that does not fit is passed over in silence.
        run(List.of("-Xshare:on", "-XX:SharedArchiveFile=/" + FILE, "solo.app.Main", "--version"));
    }

    private void record(Path list, String inputs) throws IOException {
        try {
            train();
        } catch (GeneralSecurityException impossible) {
            throw new ClusterException("no key for the training run: " + impossible.getMessage(), impossible);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new ClusterException("the training run was interrupted", stopping);
        }
        // Classes and lambdas. Not which constants of a class were resolved, nor in which order all that happened.
        List<String> classes = Files.readAllLines(scratch.resolve("classes")).stream()
                .filter(line -> !line.startsWith("#") && !line.startsWith("@cp"))
                .map(line -> line.replaceFirst(" id: \\d+$", ""))
                .sorted()
                .distinct()
                .toList();
        Files.write(list, Stream.concat(Stream.of(inputs), classes.stream()).toList());
    }

    /** A comment in the list: the JVM with its options, and the jars. */
    private String inputs() throws IOException {
        MessageDigest digest = Blob.sha256();
        digest.update(Files.readAllBytes(staging.path(JvmOptions.FILE)));
        digest.update(Files.readAllBytes(staging.path(JavaRuntime.FOLDER).resolve("release")));
        try (Stream<Path> jars = Files.list(staging.path(SoloImage.HOME + "/lib"))) {
            for (Path jar : jars.sorted().toList()) {
                digest.update(Blob.of(jar).digest().getBytes(UTF_8));
            }
        }
        return "# classes that Solo needs, recorded with " + Blob.text(digest);
    }

    /** Both halves start, provision a claim, are looked at by a probe, and stop. */
    private void train() throws IOException, GeneralSecurityException, InterruptedException {
        int port = freePort();
        try (TrainingApiServer server = new TrainingApiServer(scratch)) {
            Files.writeString(scratch.resolve("kubeconfig"), server.kubeconfig());
            Process solo = start(List.of(
                    "-XX:DumpLoadedClassList=/tmp/classes",
                    "solo.app.Main",
                    "all",
                    "--kubeconfig=/tmp/kubeconfig",
                    "--state-dir=/tmp/state",
                    "--kubelet-dir=/tmp/kubelet",
                    "--node-id=training",
                    "--immediate-topology=false",
                    "--leader-election",
                    "--leader-election-namespace=default",
                    "--http-endpoint=127.0.0.1:" + port));
            try {
                if (!server.awaitVolume(PATIENCE_SECONDS)) {
                    throw new ClusterException("the training run provisioned nothing; its log is " + log());
                }
                try (HttpClient client = HttpClient.newHttpClient()) {
                    for (String path : List.of("/metrics", "/readyz", "/healthz")) {
                        client.send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                        .build(),
                                HttpResponse.BodyHandlers.discarding());
                    }
                }
                solo.destroy();
                if (!solo.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || solo.exitValue() != 0) {
                    throw new ClusterException("the training run did not stop as it should; its log is " + log());
                }
            } finally {
                solo.destroyForcibly();
            }
        }
    }

    private void run(List<String> arguments) throws IOException {
        try {
            Process java = start(arguments);
            if (java.waitFor() != 0) {
                throw new ClusterException("the class archive cannot be made; see " + log());
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted", stopping);
        }
    }

    private Process start(List<String> arguments) throws IOException {
        // Addresses of the C library and of its heap get into the archive: they must be the same each time.
        List<String> argv = new ArrayList<>(List.of("setarch", "--addr-no-randomize", "unshare", "--mount"));
        if (!DebianPackages.isRoot()) {
            argv.add("--map-root-user");
        }
        argv.addAll(List.of("/bin/sh", "-c", INSIDE, staging.root().toString(), scratch.toString()));
        argv.addAll(List.of("/" + JavaRuntime.FOLDER + "/bin/java", "@/" + JvmOptions.FILE));
        argv.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(argv)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().keySet().retainAll(List.of("PATH"));
        return builder.start();
    }

    private Path log() {
        return scratch.resolveSibling(LOG);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
