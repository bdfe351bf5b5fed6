package solo.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.driver.state.Disk;
import solo.driver.state.RealDisk;
import solo.driver.state.SharedSync;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Cluster;
import solo.kube.History;
import solo.kube.LeaseNotes;
import solo.provisioner.Unfinished;
import solo.provisioner.UnfinishedRecord;
import solo.provisioner.UnfinishedRecord.Safety;

/**
 * The record of docs/decisions/005 in a file beside the volumes, for a process that has the bundled driver in it and no
 * Lease: the next one of this node finds it there. It names each claim before CreateVolume, costs no request, and keeps
 * longer than the API server remembers.
 */
final class NotesInFile {

    private static final Logger log = LoggerFactory.getLogger(NotesInFile.class);

    /** In the state directory: the annotation {@link UnfinishedRecord#UNFINISHED}. */
    static final String NAME = "unfinished-claims";

    private final Path file;
    private final Disk disk = new RealDisk();
    /** One write serves all who wait. */
    private final SharedSync sync = new SharedSync(this::writeNotes);

    private volatile LeaseNotes notes = LeaseNotes.NONE;

    NotesInFile(Path stateDirectory) {
        this.file = stateDirectory.resolve(NAME);
    }

    /** What the process before this one has left is in it. A folder that cannot be used is told, and nothing noted. */
    static Unfinished open(Path stateDirectory, Cluster cluster, History history) {
        NotesInFile file = new NotesInFile(stateDirectory);
        UnfinishedRecord record = new UnfinishedRecord(cluster, history, file::commit, Safety.BEFORE_CREATE_VOLUME);
        file.carry(record);
        try {
            Files.createDirectories(stateDirectory);
            String left = file.read();
            file.write(left);
            record.found(Map.of(UnfinishedRecord.UNFINISHED, left));
            return record;
        } catch (IOException e) {
            log.warn(
                    "volumes whose creation a crash interrupts are not noted, because {} cannot be used: {}",
                    file.file,
                    e.getMessage());
            return Unfinished.NOWHERE;
        }
    }

    /** Whose notes they are; before the first {@link #commit}. */
    void carry(LeaseNotes carried) {
        notes = carried;
    }

    private String read() throws IOException {
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    /** Returns once everything that was noted before the call is on the disk. */
    void commit() throws ApiException {
        try {
            sync.await();
        } catch (IOException e) {
            throw new ApiException(Failure.OTHER, "cannot note in " + file + ": " + e.getMessage(), e);
        }
    }

    private void writeNotes() throws IOException {
        write(notes.notes().getOrDefault(UnfinishedRecord.UNFINISHED, ""));
        notes.written();
    }

    private void write(String text) throws IOException {
        Path part = file.resolveSibling(NAME + ".new");
        // Made for its owner alone.
        disk.extend(part, 0);
        disk.write(part, (text + "\n").getBytes(UTF_8));
        disk.rename(part, file);
        disk.sync(file.resolveSibling("."));
    }
}
