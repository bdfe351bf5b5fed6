package solo.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.kube.ApiException;
import solo.kube.ApiException.Failure;
import solo.kube.Cluster;
import solo.kube.History;
import solo.kube.LeaseNotes;
import solo.provisioner.Unfinished;
import solo.provisioner.UnfinishedRecord;
import solo.provisioner.UnfinishedRecord.Safety;

/**
 * The record of docs/decisions/005 in a file beside the volumes, for a process that has the bundled driver in it and no Lease: the
 * next one of this node finds it there. It names each claim before CreateVolume, costs no request, and keeps longer than
 * the API server remembers.
 */
final class NotesInFile {

    private static final Logger log = LoggerFactory.getLogger(NotesInFile.class);

    /** In the state directory: the annotation {@link UnfinishedRecord#UNFINISHED}. */
    static final String NAME = "unfinished-claims";

    private final Path file;
    /** How many have asked for a write, and up to whom it is done: one write serves all who wait. */
    private final AtomicLong asked = new AtomicLong();

    private long written;

    NotesInFile(Path stateDirectory) {
        this.file = stateDirectory.resolve(NAME);
    }

    /** What the process before this one has left is in it. A folder that cannot be used is told, and nothing noted. */
    static Unfinished open(Path stateDirectory, Cluster cluster, History history) {
        NotesInFile file = new NotesInFile(stateDirectory);
        var self = new Object() {
            LeaseNotes notes = LeaseNotes.NONE;
        };
        UnfinishedRecord record =
                new UnfinishedRecord(cluster, history, () -> file.commit(self.notes), Safety.BEFORE_CREATE_VOLUME);
        self.notes = record;
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

    private String read() throws IOException {
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    /** Returns once everything that was noted before the call is on the disk. */
    void commit(LeaseNotes notes) throws ApiException {
        long mine = asked.incrementAndGet();
        synchronized (this) {
            if (written >= mine) {
                return;
            }
            long serves = asked.get();
            try {
                write(notes.notes().getOrDefault(UnfinishedRecord.UNFINISHED, ""));
            } catch (IOException e) {
                throw new ApiException(Failure.OTHER, "cannot note in " + file + ": " + e.getMessage(), e);
            }
            notes.written();
            written = serves;
        }
    }

    private void write(String text) throws IOException {
        Path part = file.resolveSibling(NAME + ".new");
        try (FileChannel channel = FileChannel.open(
                part,
                Set.of(CREATE, TRUNCATE_EXISTING, WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(file.resolveSibling("."), READ)) {
            folder.force(true);
        }
    }
}
