package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solo.csi.CsiException;
import solo.driver.FatalStep.Killed;
import solo.driver.FatalStep.Moment;
import solo.driver.state.Disk;
import solo.driver.state.RealDisk;

/** The machine loses power after every single step, and with it every name that was not synced. */
class PowerCutTest {
    @TempDir
    private Path directory = Path.of("");

    private final FakeMounts mounts = new FakeMounts();

    private interface Wrapping {
        Disk around(DurableDisk disk);
    }

    @Test
    void a_power_cut_after_any_step_loses_nothing_and_leaves_nothing() throws Exception {
        assertThat(losses(disk -> disk)).isEmpty();
    }

    @Test
    void this_test_would_notice_if_nothing_were_synced() throws Exception {
        assertThat(losses(WithoutSync::new)).hasSizeGreaterThan(10);
    }

    private List<String> losses(Wrapping wrapping) throws Exception {
        var losses = new ArrayList<String>();
        for (int step = 1; ; step++) {
            Path before =
                    Files.createDirectories(directory.resolve(step + "/before").toAbsolutePath());
            Path after = Files.createDirectory(before.resolveSibling("after"));
            var durable = new DurableDisk(before.toRealPath(), after);
            var story = new StoryOfVolumes(before, file -> syncIfItCan(durable, file));
            boolean cut = cut(story, new CrashingDisk(new FatalStep(step, Moment.AFTER), wrapping.around(durable)));
            try {
                Files.createDirectories(after.resolve("state"));
                new RealDisk().deleteTree(before);
                Files.move(after, before);
                story.nothingIsLostOrOrphaned(LocalDriver.open(StoryOfVolumes.options(before), new RealDisk(), mounts));
            } catch (AssertionError | CsiException loss) {
                losses.add("step " + step + ", " + story.interruptedAt() + ": " + loss.getMessage());
            }
            if (!cut) {
                return losses;
            }
        }
    }

    private boolean cut(StoryOfVolumes story, CrashingDisk disk) throws IOException, CsiException {
        try {
            story.tell(disk, mounts);
            return false;
        } catch (Killed cut) {
            return true;
        }
    }

    /** A file in a directory that is not safe is not safe either, whatever the pod does. */
    private static void syncIfItCan(DurableDisk disk, Path file) throws IOException {
        try {
            disk.othersSync(file.toRealPath());
        } catch (NoSuchFileException volumeNotSafe) {
            assertThat(volumeNotSafe).isNotNull();
        }
    }

    /** What the driver would do if it forgot. */
    private static final class WithoutSync extends ForwardingDisk {
        WithoutSync(Disk disk) {
            super(disk);
        }

        @Override
        public void sync(Path path) {}
    }
}
