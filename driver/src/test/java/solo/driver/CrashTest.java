package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import solo.csi.CsiException;
import solo.driver.FatalStep.Killed;
import solo.driver.FatalStep.Moment;
import solo.driver.state.RealDisk;

/** The process is stopped around every single step that it takes on its disk, also while it repairs. */
class CrashTest {
    private static final int MORE_STEPS_THAN_THERE_ARE = 1000;

    @TempDir
    private Path directory = Path.of("");

    private final FakeMounts mounts = new FakeMounts();

    @ParameterizedTest
    @EnumSource(Moment.class)
    void a_kill_at_any_step_loses_nothing_and_leaves_nothing(Moment moment) throws Exception {
        int step = 1;
        for (; step < MORE_STEPS_THAN_THERE_ARE; step++) {
            Path place = Files.createDirectory(directory.resolve("step-" + step));
            var story = new StoryOfVolumes(place);
            String where = killed(story, new CrashingDisk(step, moment));
            try {
                story.nothingIsLostOrOrphaned(restarted(place));
                story.tell(new RealDisk(), mounts);
                story.nothingIsLostOrOrphaned(restarted(place));
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
        for (int first = 1; first < 120; first += 3) {
            for (int second = 1; second < 12; second++) {
                Path place = Files.createDirectory(directory.resolve(first + "-" + second));
                var story = new StoryOfVolumes(place);
                killed(story, new CrashingDisk(first, Moment.AFTER));
                killed(story, new CrashingDisk(second, Moment.AMID));
                try {
                    story.nothingIsLostOrOrphaned(restarted(place));
                } catch (AssertionError | CsiException wrong) {
                    throw new AssertionError(
                            "killed at " + first + " and " + second + ", in: " + story.interruptedAt(), wrong);
                }
            }
        }
    }

    /** Where; empty when the story came to its end before. */
    private String killed(StoryOfVolumes story, CrashingDisk disk) throws IOException, CsiException {
        try {
            story.tell(disk, mounts);
            return "";
        } catch (Killed kill) {
            return String.valueOf(kill.getMessage());
        }
    }

    private LocalDriver restarted(Path place) throws IOException {
        return LocalDriver.open(StoryOfVolumes.options(place), new RealDisk(), mounts);
    }
}
