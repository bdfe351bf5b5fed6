package solo.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import solo.driver.linux.Program;
import solo.driver.state.Disk;
import solo.driver.state.RealDisk;

/**
 * A disk that knows what would be left after a power cut: a name in a directory counts only once the directory was
 * synced. Keeps that truth in a second tree.
 */
final class DurableDisk implements Disk {
    private final Disk disk = new RealDisk();
    private final Path root;
    private final Path durable;

    /** {@code root} and everything below it is watched; {@code durable} exists and is elsewhere. */
    DurableDisk(Path root, Path durable) {
        this.root = root;
        this.durable = durable;
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        disk.write(file, content);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void sync(Path directory) throws IOException {
        if (!directory.startsWith(root)) {
            return;
        }
        Path copy = counterpart(directory);
        if (!Files.isDirectory(copy)) {
            // Its own name was never synced.
            return;
        }
        Set<String> names = names(directory);
        for (String gone : names(copy)) {
            if (!names.contains(gone)) {
                disk.deleteTree(copy.resolve(gone));
            }
        }
        for (String name : names) {
            if (Files.isDirectory(directory.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                disk.makeDirectory(copy.resolve(name), "rwx------");
            } else {
                disk.write(copy.resolve(name), Files.readAllBytes(directory.resolve(name)));
            }
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }

    @Override
    public void makeDirectory(Path directory, String permissions) throws IOException {
        disk.makeDirectory(directory, permissions);
    }

    @Override
    public void extend(Path file, long bytes) throws IOException {
        disk.extend(file, bytes);
    }

    @Override
    public void change(Path file, Program program) throws IOException {
        disk.change(file, program);
    }

    @Override
    public void copyTree(Path from, Path to) throws IOException {
        disk.copyTree(from, to);
        Path copy = counterpart(to);
        // Otherwise its directory's own name was never synced.
        if (Files.isDirectory(copy.resolveSibling(""))) {
            disk.copyTree(from, copy);
        }
    }

    @Override
    public void deleteTree(Path directory) throws IOException {
        disk.deleteTree(directory);
    }

    /** A pod writes into its volume and syncs, or a directory is made by others and safe. */
    void othersSync(Path path) throws IOException {
        Path copy = counterpart(path);
        if (Files.isDirectory(path)) {
            Files.createDirectories(copy);
        } else {
            Files.write(copy, Files.readAllBytes(path));
        }
    }

    private Path counterpart(Path path) {
        return durable.resolve(root.relativize(path));
    }

    private static Set<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return new HashSet<>(
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }
}
