package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import solo.csi.CsiException;
import solo.driver.FatalStep.Killed;
import solo.driver.FatalStep.Moment;
import solo.driver.state.RealDisk;
import solo.driver.state.Snapshot;
import solo.driver.state.StateStore;
import solo.driver.state.Volume;

/** The process is stopped around every single step that it takes on its disk, also while it repairs. */
class CrashTest {
    private static final int MORE_STEPS_THAN_THERE_ARE = 1000;

    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest
    @EnumSource(Moment.class)
    void a_kill_at_any_step_loses_nothing_and_leaves_nothing(Moment moment) throws Exception {
        int step = 1;
        for (; step < MORE_STEPS_THAN_THERE_ARE; step++) {
            Path place = Files.createDirectory(directory.resolve("step-" + step));
            var story = new StoryOfVolumes(place);
            FakeMounts mounts = withQuotas();
            String where = killed(story, mounts, new FatalStep(step, moment));
            try {
                story.nothingIsLostOrOrphaned(restarted(place, mounts));
                everyLimitIsTheSizeOfAVolume(place, mounts);
                story.tell(new RealDisk(), mounts);
                story.nothingIsLostOrOrphaned(restarted(place, mounts));
                everyLimitIsTheSizeOfAVolume(place, mounts);
            } catch (AssertionError | CsiException wrong) {
                throw new AssertionError("killed " + where + ", in: " + story.interruptedAt(), wrong);
            }
            if (where.isEmpty()) {
                break;
            }
        }
        assertThat(step).as("steps of the story").isBetween(50, MORE_STEPS_THAN_THERE_ARE - 1);
        System.out.println("killed " + moment + " each of " + (step - 1) + " steps");
    }

    @Test
    void a_kill_while_repairing_is_repaired_too() throws Exception {
        for (int first = 1; first < 156; first += 3) {
            for (int second = 1; second < 12; second++) {
                Path place = Files.createDirectory(directory.resolve(first + "-" + second));
                var story = new StoryOfVolumes(place);
                FakeMounts mounts = withQuotas();
                killed(story, mounts, new FatalStep(first, Moment.AFTER));
                killed(story, mounts, new FatalStep(second, Moment.AMID));
                try {
                    story.nothingIsLostOrOrphaned(restarted(place, mounts));
                    everyLimitIsTheSizeOfAVolume(place, mounts);
                } catch (AssertionError | CsiException wrong) {
                    throw new AssertionError(
                            "killed at " + first + " and " + second + ", in: " + story.interruptedAt(), wrong);
                }
            }
        }
    }

    /** Where; empty when the story came to its end before. */
    private static String killed(StoryOfVolumes story, FakeMounts mounts, FatalStep fatal)
            throws IOException, CsiException {
        try {
            story.tell(new CrashingDisk(fatal, new RealDisk()), new CrashingMounts(mounts, fatal, _ -> {}));
            return "";
        } catch (Killed kill) {
            return String.valueOf(kill.getMessage());
        }
    }

    private static FakeMounts withQuotas() {
        var mounts = new FakeMounts();
        mounts.quotas().offer();
        return mounts;
    }

    /** Of a volume that its directory belongs to; no two share a project. */
    private static void everyLimitIsTheSizeOfAVolume(Path place, FakeMounts mounts) throws IOException {
        var expected = new TreeMap<Long, Long>();
        Path state = place.resolve("state").toRealPath();
        for (Volume volume : StateStore.volumes(state, new RealDisk()).all()) {
            long project = volume.home().project();
            assertThat(expected.put(project, volume.home().capacityBytes())).isNull();
            assertThat(mounts.quotas().projectOf(state.resolve("dir").resolve(volume.id())))
                    .isEqualTo(project);
        }
        for (Snapshot snapshot : StateStore.snapshots(state, new RealDisk()).all()) {
            assertThat(expected).doesNotContainKey(snapshot.project());
        }
        assertThat(mounts.quotas().limits()).isEqualTo(expected);
    }

    private static LocalDriver restarted(Path place, FakeMounts mounts) throws IOException {
        return LocalDriver.open(StoryOfVolumes.options(place), new RealDisk(), mounts);
    }
}
