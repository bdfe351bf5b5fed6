package solo.driver.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The volumes of a state directory, one file each. Every answer comes from the disk; whoever changes a volume holds its
 * lock ({@link StateLocks}).
 */
public final class VolumeStore {
    private static final String SUFFIX = ".volume";
    private static final String UNFINISHED = ".volume.new";

    private final Path directory;
    private final Disk disk;

    private VolumeStore(Path directory, Disk disk) {
        this.directory = directory;
        this.disk = disk;
    }

    /** Below the state directory, which exists. */
    public static VolumeStore open(Path stateDirectory, Disk disk) throws IOException {
        Path directory = stateDirectory.resolve("volumes");
        disk.makeDirectory(directory, "rwx------");
        return new VolumeStore(directory, disk);
    }

    /** In whatever phase; empty for an id of any other shape. */
    public Optional<Volume> find(String id) throws IOException {
        if (!VolumeIds.wellFormed(id)) {
            return Optional.empty();
        }
        Path file = file(id);
        try {
            Volume volume = VolumeFormat.read(file.toString(), Files.readString(file));
            if (!volume.id().equals(id)) {
                throw new StateException(file + " describes another volume, " + volume.id() + "; put it back in place");
            }
            return Optional.of(volume);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (CharacterCodingException damage) {
            throw StateException.damaged(file.toString(), "it is not text");
        }
    }

    /** Sorted. Includes those that are being made or removed. */
    public List<String> ids() throws IOException {
        return names(SUFFIX);
    }

    public List<Volume> all() throws IOException {
        var all = new ArrayList<Volume>();
        for (String id : ids()) {
            find(id).ifPresent(all::add);
        }
        return all;
    }

    /** Durable when it returns; a crash leaves the old content or the new one. */
    public void save(Volume volume) throws IOException {
        Path unfinished = directory.resolve(volume.id() + UNFINISHED);
        disk.write(unfinished, VolumeFormat.write(volume).getBytes(UTF_8));
        disk.rename(unfinished, file(volume.id()));
        disk.sync(directory);
    }

    public void forget(String id) throws IOException {
        disk.delete(file(id));
        disk.sync(directory);
    }

    /** Ids whose last save did not finish. */
    public List<String> unfinished() throws IOException {
        return names(UNFINISHED);
    }

    public void discardUnfinished(String id) throws IOException {
        disk.delete(directory.resolve(id + UNFINISHED));
    }

    private Path file(String id) {
        return directory.resolve(id + SUFFIX);
    }

    private List<String> names(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(suffix))
                    .map(name -> name.substring(0, name.length() - suffix.length()))
                    .filter(VolumeIds::wellFormed)
                    .sorted()
                    .toList();
        }
    }
}
