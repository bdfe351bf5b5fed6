package solo.driver.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The volumes, the snapshots, or the groups of a state directory, one file each. Every answer comes from the disk; whoever changes
 * one holds its lock ({@link StateLocks}).
 */
public final class StateStore<R extends StateStore.Stored<R>> {

    /** Something with a file of its own. */
    public interface Stored<R> {
        /** {@linkplain VolumeIds#wellFormed Well-formed}. */
        String id();

        Phase phase();

        /** The same in another phase. */
        R in(Phase phase);
    }

    /** From the name of a file, for messages, and its text. */
    interface Reading<R> {
        R read(String file, String text) throws StateException;
    }

    private static final String UNFINISHED = ".new";

    private final Path directory;
    private final Disk disk;
    private final String suffix;
    private final Function<R, String> writing;
    private final Reading<R> reading;

    private StateStore(Path directory, Disk disk, String suffix, Function<R, String> writing, Reading<R> reading)
            throws IOException {
        this.directory = directory;
        this.disk = disk;
        this.suffix = suffix;
        this.writing = writing;
        this.reading = reading;
        disk.makeDirectory(directory, "rwx------");
    }

    /** Below the state directory, which exists. */
    public static StateStore<Volume> volumes(Path stateDirectory, Disk disk) throws IOException {
        return new StateStore<>(
                stateDirectory.resolve("volumes"), disk, ".volume", VolumeFormat::write, VolumeFormat::read);
    }

    /** Below the state directory, which exists. */
    public static StateStore<Snapshot> snapshots(Path stateDirectory, Disk disk) throws IOException {
        return new StateStore<>(
                stateDirectory.resolve("snapshots"), disk, ".snapshot", SnapshotFormat::write, SnapshotFormat::read);
    }

    /** Below the state directory, which exists. */
    public static StateStore<GroupSnapshot> groups(Path stateDirectory, Disk disk) throws IOException {
        return new StateStore<>(
                stateDirectory.resolve("groups"),
                disk,
                ".group",
                GroupSnapshotFormat::write,
                GroupSnapshotFormat::read);
    }

    /** In whatever phase; empty for an id of any other shape. */
    public Optional<R> find(String id) throws IOException {
        if (!VolumeIds.wellFormed(id)) {
            return Optional.empty();
        }
        Path file = file(id);
        try {
            R found = reading.read(file.toString(), Files.readString(file));
            if (!found.id().equals(id)) {
                throw new StateException(file + " describes another one, " + found.id() + "; put it back in place");
            }
            return Optional.of(found);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (CharacterCodingException damage) {
            throw StateException.damaged(file.toString(), "it is not text");
        }
    }

    /** What exists for callers. */
    public Optional<R> ready(String id) throws IOException {
        return find(id).filter(found -> found.phase() == Phase.READY);
    }

    /** What is being made or removed, or was when somebody was killed. */
    public Optional<R> halfway(String id) throws IOException {
        return find(id).filter(found -> found.phase() != Phase.READY);
    }

    /** Sorted. Includes those that are being made or removed. */
    public List<String> ids() throws IOException {
        return names(suffix);
    }

    public List<R> all() throws IOException {
        var all = new ArrayList<R>();
        for (String id : ids()) {
            find(id).ifPresent(all::add);
        }
        return all;
    }

    /** Durable when it returns; a crash leaves the old content or the new one. */
    public void save(R record) throws IOException {
        Path unfinished = directory.resolve(record.id() + suffix + UNFINISHED);
        disk.write(unfinished, bytes(record));
        disk.rename(unfinished, file(record.id()));
        disk.sync(directory);
    }

    /**
     * The saved record in another phase, durable when it returns: by one byte in its place where the text allows it
     * ({@link StateText}), which costs no new file. Returns it.
     */
    public R enter(Phase phase, R record) throws IOException {
        R entered = record.in(phase);
        byte[] before = bytes(record);
        byte[] after = bytes(entered);
        int at = Arrays.mismatch(before, after);
        boolean oneByte = before.length == after.length
                && at >= 0
                && Arrays.mismatch(before, at + 1, before.length, after, at + 1, after.length) < 0;
        Path file = file(record.id());
        if (oneByte && Arrays.equals(before, Files.readAllBytes(file))) {
            disk.overwrite(file, at, after[at]);
        } else {
            save(entered);
        }
        return entered;
    }

    public void forget(String id) throws IOException {
        disk.delete(file(id));
        disk.sync(directory);
    }

    /** Ids whose last save did not finish. */
    public List<String> unfinished() throws IOException {
        return names(suffix + UNFINISHED);
    }

    public void discardUnfinished(String id) throws IOException {
        disk.delete(directory.resolve(id + suffix + UNFINISHED));
    }

    private byte[] bytes(R record) {
        return writing.apply(record).getBytes(UTF_8);
    }

    private Path file(String id) {
        return directory.resolve(id + suffix);
    }

    private List<String> names(String ending) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .filter(VolumeIds::wellFormed)
                    .sorted()
                    .toList();
        }
    }
}
