package solo.it.cluster.upstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import solo.it.cluster.ClusterException;

/** The folder that a cluster lives in, held by one JVM at a time. Everything with "run" in it starts empty. */
record StateFolder(Path root, FileChannel owner) {
    /** Says to it/kubernetes that the folder may be emptied. */
    private static final String MARKER = ".solo-cluster";

    /** sun_path holds 107 bytes; a driver named like ours must be able to register below it. */
    private static final int LONGEST = 107 - "/kubelet/plugins_registry/local.csi.solo-reg.sock".length();

    /**
     * Makes the folder, or takes one that was a cluster's before.
     *
     * @throws ClusterException when it is too long, somebody else's, or in use
     */
    static StateFolder claim(Path root) {
        if (root.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw new ClusterException("the cluster's folder " + root + " is too long, unix sockets "
                    + "below it would have names of more than 107 bytes: choose one of at most " + LONGEST + " bytes");
        }
        try {
            if (!Files.exists(root.resolve(MARKER))) {
                createMarked(root);
            }
            var owner = FileChannel.open(root.resolve("owner"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                if (owner.tryLock() != null) {
                    return new StateFolder(root, owner);
                }
            } catch (OverlappingFileLockException e) {
                // Held by this very JVM: the same answer.
            }
            owner.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the cluster's folder " + root, e);
        }
        throw new ClusterException("a cluster already runs in " + root + ": end it, or choose another folder");
    }

    private static void createMarked(Path root) throws IOException {
        if (Files.exists(root)) {
            try (var entries = Files.list(root)) {
                if (entries.findAny().isPresent()) {
                    throw new ClusterException(root + " is not empty and not a cluster's folder: choose another");
                }
            }
        }
        Files.createDirectories(
                root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createFile(root.resolve(MARKER));
    }

    /** Names the bridge and the pod network. Different for each folder, 11 bytes. */
    String name() {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(root.toString().getBytes(StandardCharsets.UTF_8));
            return "solo-" + HexFormat.of().formatHex(digest, 0, 3);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    Path config(String file) {
        return root.resolve("config", file);
    }

    Path key(String file) {
        return root.resolve("pki", file);
    }

    Path log(String process) {
        return root.resolve("logs", process + ".log");
    }

    /** Sockets and what else lasts as long as the processes. */
    Path run(String file) {
        return root.resolve("run", file);
    }

    Path kubelet() {
        return root.resolve("kubelet");
    }

    Path kubeconfig() {
        return key("admin.kubeconfig");
    }

    /** Lets another JVM have it. */
    void release() {
        try {
            owner.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
