package solo.it.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Files laid out in a folder as an archive of them will have them; every time in it is the same. */
public record FileTree(Path root) {

    /** Not 0: some tools take that for "unknown". 1980 is the oldest year that every archive format can say. */
    static final FileTime TIME = FileTime.fromMillis(315_532_800_000L);

    /** An empty folder, whatever was there before. */
    public static FileTree fresh(Path root) throws IOException {
        remove(root);
        Files.createDirectories(root);
        return new FileTree(root);
    }

    static void remove(Path tree) throws IOException {
        if (Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> all = Files.walk(tree)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    public Path path(String inside) {
        return root.resolve(inside);
    }

    void folder(String inside, String mode) throws IOException {
        Path folder = Files.createDirectories(path(inside));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
    }

    /** Links are followed: what comes is the file. */
    public void copy(Path file, String inside, String mode) throws IOException {
        Path to = path(inside);
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString(mode));
    }

    public void text(String inside, List<String> lines) throws IOException {
        Path to = path(inside);
        Files.createDirectories(to.getParent());
        Files.writeString(to, String.join("\n", lines) + "\n", UTF_8);
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-r--r--"));
    }

    void link(String inside, String target) throws IOException {
        Path to = path(inside);
        Files.createDirectories(to.getParent());
        Files.createSymbolicLink(to, Path.of(target));
    }

    /** The class archive is only valid for jars of the very times that it was made with. */
    void settleTimes() {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.filter(each -> !Files.isSymbolicLink(each)).toList()) {
                Files.setLastModifiedTime(path, TIME);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** A gzipped tar of the files, and of the folders above them, that {@code member} takes by their names inside. */
    public void pack(Predicate<String> member, Path archive) throws IOException {
        Layer.write(this, member, archive);
    }

    /** In hexadecimal digits. */
    public static String sha256(Path file) throws IOException {
        return Blob.of(file).digest().substring("sha256:".length());
    }
}
