package solo.driver.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import solo.driver.state.Disk;
import solo.driver.state.VolumeIds;

/** The bytes of all volumes, or of all snapshots, of a backend: a file or directory each, named by id. */
record PoolDirectory(Path path, Path asideDirectory, Disk disk) {

    /** Below the state directory, which exists and is a real path. */
    static PoolDirectory open(Path stateDirectory, String name, Disk disk) throws IOException {
        Path path = stateDirectory.resolve(name);
        Path asideDirectory = stateDirectory.resolve("set-aside");
        disk.makeDirectory(path, "rwx------");
        disk.makeDirectory(asideDirectory, "rwx------");
        return new PoolDirectory(path, asideDirectory, disk);
    }

    Path of(String id) {
        if (!VolumeIds.wellFormed(id)) {
            throw new IllegalArgumentException("not an id: " + id);
        }
        return path.resolve(id);
    }

    List<String> ids() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(VolumeIds::wellFormed)
                    .sorted()
                    .toList();
        }
    }

    /** What was made, renamed or removed here survives a power cut. */
    void sync() throws IOException {
        disk.sync(path);
    }

    /** Nothing there is fine. */
    void delete(String id) throws IOException {
        disk.deleteTree(of(id));
        sync();
    }

    /** Out of the way of whoever comes with the same id; where, or empty if there is nothing. */
    Optional<Path> setAside(String id) throws IOException {
        Path orphan = of(id);
        if (!Files.exists(orphan, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        String name = path.getFileName() + "-" + id;
        Path aside = asideDirectory.resolve(name);
        for (int attempt = 2; Files.exists(aside, LinkOption.NOFOLLOW_LINKS); attempt++) {
            aside = asideDirectory.resolve(name + "-" + attempt);
        }
        disk.rename(orphan, aside);
        disk.sync(asideDirectory);
        sync();
        return Optional.of(aside);
    }
}
