package solo.it.image;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestOutputStream;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/**
 * A gzipped tar of some of the image's files: sorted, all root's, all of one time, no setuid.
 *
 * @param diffId sha256 of the tar, as {@code rootfs.diff_ids} has it
 * @param blob the gzipped tar
 */
record Layer(String diffId, Blob blob) {

    /** Files below the folders that {@code member} takes, and the folders above each of them. */
    static Layer write(FileTree staging, Predicate<String> member, Path file) throws IOException {
        DigestOutputStream raw;
        try (OutputStream out = Files.newOutputStream(file);
                OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
                OutputStream gzip = new GzipCompressorOutputStream(buffered)) {
            raw = new DigestOutputStream(gzip, Blob.sha256());
            try (TarArchiveOutputStream tar = new TarArchiveOutputStream(raw, "UTF-8")) {
                tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
                tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
                for (Path path : paths(staging.root(), member)) {
                    add(staging.root(), path, tar);
                }
            }
        }
        return new Layer(Blob.text(raw.getMessageDigest()), Blob.of(file));
    }

    private static List<Path> paths(Path root, Predicate<String> member) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path -> !path.equals(root))
                    .filter(path -> member.test(root.relativize(path).toString()))
                    .sorted()
                    .toList();
        }
    }

    private static void add(Path root, Path path, TarArchiveOutputStream tar) throws IOException {
        String name = root.relativize(path).toString();
        TarArchiveEntry entry;
        if (Files.isSymbolicLink(path)) {
            entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
            entry.setLinkName(Files.readSymbolicLink(path).toString());
            entry.setMode(0777);
        } else {
            boolean folder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
            entry = new TarArchiveEntry(folder ? name + "/" : name);
            entry.setSize(folder ? 0 : Files.size(path));
            entry.setMode(mode(path, folder));
        }
        entry.setLastModifiedTime(FileTree.TIME);
        entry.setIds(0, 0);
        entry.setNames("", "");
        tar.putArchiveEntry(entry);
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.copy(path, tar);
        }
        tar.closeArchiveEntry();
    }

    /** Readable for everybody, whatever this machine's umask; a folder that all may write to is sticky. */
    private static int mode(Path path, boolean folder) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        if (folder) {
            return permissions.contains(PosixFilePermission.OTHERS_WRITE) ? 01777 : 0755;
        }
        return permissions.contains(PosixFilePermission.OWNER_EXECUTE) ? 0755 : 0644;
    }
}
