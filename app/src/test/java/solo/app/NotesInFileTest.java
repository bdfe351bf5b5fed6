package solo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solo.kube.ApiException;
import solo.kube.LeaseNotes;
import solo.provisioner.UnfinishedRecord;

/** The record of unfinished claims where there is no Lease; LostClaimIT shows that a process finds it. */
class NotesInFileTest {

    @TempDir
    private Path state = Path.of("");

    /** Says how often it was asked, and waits before the first answer. */
    private static final class Counting implements LeaseNotes {
        final AtomicInteger asked = new AtomicInteger();
        final AtomicInteger written = new AtomicInteger();
        final CountDownLatch first = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public Map<String, String> notes() {
            int times = asked.incrementAndGet();
            if (times == 1) {
                first.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            return Map.of(UnfinishedRecord.UNFINISHED, "note-" + times);
        }

        @Override
        public void written() {
            written.incrementAndGet();
        }

        @Override
        public void found(Map<String, String> annotations) {}
    }

    @Test
    void a_note_is_on_the_disk_for_its_owner_alone_when_commit_returns() throws ApiException, IOException {
        Counting notes = new Counting();
        notes.goOn.countDown();
        carrying(notes).commit();
        Path file = state.resolve(NotesInFile.NAME);
        assertThat(file).hasContent("note-1");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(notes.written).hasValue(1);
        try (var files = Files.list(state)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void one_write_serves_all_that_wait_while_another_is_under_way() throws InterruptedException {
        Counting notes = new Counting();
        NotesInFile file = carrying(notes);
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            waiting.add(Thread.ofPlatform().start(() -> {
                try {
                    file.commit();
                } catch (ApiException e) {
                    throw new AssertionError(e);
                }
            }));
            if (i == 0) {
                notes.first.await();
            }
        }
        for (Thread thread : waiting.subList(1, waiting.size())) {
            // Waits for the write under way, not just for a lock.
            while (!(LockSupport.getBlocker(thread) instanceof AbstractQueuedSynchronizer.ConditionObject)) {
                Thread.onSpinWait();
            }
        }
        notes.goOn.countDown();
        for (Thread thread : waiting) {
            thread.join();
        }
        assertThat(notes.asked)
                .as("the first, and one for the nine that came meanwhile")
                .hasValue(2);
        assertThat(state.resolve(NotesInFile.NAME)).hasContent("note-2");
    }

    @Test
    void what_cannot_be_noted_is_refused_in_one_sentence_and_not_taken_for_written() throws IOException {
        Counting notes = new Counting();
        notes.goOn.countDown();
        Files.createDirectories(state.resolve(NotesInFile.NAME).resolve("in the way"));
        assertThatThrownBy(() -> carrying(notes).commit())
                .isInstanceOf(ApiException.class)
                .hasMessageStartingWith("cannot note in " + state.resolve(NotesInFile.NAME));
        assertThat(notes.written).hasValue(0);
    }

    private NotesInFile carrying(LeaseNotes notes) {
        NotesInFile file = new NotesInFile(state);
        file.carry(notes);
        return file;
    }
}
