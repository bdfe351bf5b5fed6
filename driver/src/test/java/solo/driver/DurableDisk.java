package solo.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import solo.driver.state.RealDisk;

/**
 * A disk that knows what would be left after a power cut: a name in a directory counts only once the directory was
 * synced. Keeps that truth in a second tree.
 */
final class DurableDisk extends ForwardingDisk {
    private final Path root;
    private final Path durable;

    /** {@code root} and everything below it is watched; {@code durable} exists and is elsewhere. */
    DurableDisk(Path root, Path durable) {
        super(new RealDisk());
        this.root = root;
        this.durable = durable;
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
                deleteTree(copy.resolve(gone));
            }
        }
        for (String name : names) {
            if (Files.isDirectory(directory.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                makeDirectory(copy.resolve(name), "rwx------");
            } else {
                write(copy.resolve(name), Files.readAllBytes(directory.resolve(name)));
            }
        }
    }

    @Override
    public void overwrite(Path file, long at, byte value) throws IOException {
        super.overwrite(file, at, value);
        Path copy = counterpart(file);
        // Otherwise the file's own name was never synced.
        if (file.startsWith(root) && Files.exists(copy)) {
            super.overwrite(copy, at, value);
        }
    }

    @Override
    public void copyTree(Path from, Path to) throws IOException {
        super.copyTree(from, to);
        Path copy = counterpart(to);
        // Otherwise its directory's own name was never synced.
        if (Files.isDirectory(copy.resolveSibling(""))) {
            super.copyTree(from, copy);
        }
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
