package solo.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import solo.csi.CsiException;
import solo.driver.FatalStep.Killed;
import solo.driver.FatalStep.Moment;
import solo.driver.StoryOfImages.Growth;
import solo.driver.linux.Program;
import solo.driver.mount.MountPoint;
import solo.driver.mount.Mounts;
import solo.driver.state.RealDisk;

/** The process is stopped around every step that it takes with images, loop devices and mounts. */
class ImageCrashTest {
    private static final int MORE_STEPS_THAN_THERE_ARE = 1000;
    /** 1 takes some minutes. */
    private static final int EVERY = Integer.getInteger("solo.crash.every", 17);

    @TempDir
    private Path directory = Path.of("");

    @AfterEach
    void leave_no_mounts() throws IOException {
        for (MountPoint mount : Root.mountsBelow(directory).reversed()) {
            Mounts.ofThisMachine().unmount(Path.of(mount.path()));
        }
    }

    @ParameterizedTest
    @CsvSource({"ext4, BEFORE", "ext4, AMID", "ext4, AFTER", "block, BEFORE", "block, AMID", "block, AFTER"})
    void a_kill_at_any_step_leaves_nothing(String fsType, Moment moment) throws Exception {
        int steps = 1;
        for (; steps < MORE_STEPS_THAN_THERE_ARE; steps++) {
            var mounts = new FakeMounts();
            var story = new StoryOfImages(place(steps), fsType, 16 * ImageRequests.MIB, Growth.WHILE_MOUNTED);
            boolean killed = killedAndToldOn(story, new FatalStep(steps, moment), mounts, _ -> {});
            assertThat(mounts.frozen()).as("frozen after step %s", steps).isEmpty();
            if (!killed) {
                break;
            }
        }
        assertThat(steps).as("steps of the story").isBetween(50, MORE_STEPS_THAN_THERE_ARE - 1);
        System.out.println("killed " + moment + " each of " + (steps - 1) + " steps with " + fsType);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs", "block"})
    void a_kill_with_the_kernel_of_this_machine_leaves_nothing_either(String fsType) throws Exception {
        Root.needed();
        // The smallest that all of them can be.
        long bytes = 300 * ImageRequests.MIB;
        var growth = fsType.equals("ext4") && !Root.hasSysResource() ? Growth.AT_THE_NEXT_MOUNT : Growth.WHILE_MOUNTED;
        int steps = 1 - EVERY;
        boolean killed = true;
        while (killed) {
            steps += EVERY;
            var story = new StoryOfImages(place(steps), fsType, bytes, growth);
            var fatal = new FatalStep(steps, Moment.AFTER);
            killed = killedAndToldOn(story, fatal, Mounts.ofThisMachine(), ImageCrashTest::freezeForGood);
        }
        assertThat(steps).as("steps of the story").isGreaterThan(50);
        System.out.println("killed for real after every " + EVERY + " of " + steps + " steps with " + fsType);
    }

    private Path place(int step) throws IOException {
        return Files.createDirectory(directory.toRealPath().resolve("step-" + step));
    }

    private static void freezeForGood(Path target) throws IOException {
        Program.of("util-linux", "fsfreeze", "--freeze", target.toString()).run();
    }

    /** False when the story came to its end before that step. */
    private static boolean killedAndToldOn(
            StoryOfImages story, FatalStep fatal, Mounts mounts, CrashingMounts.Freezing freezing) throws Exception {
        String where = "";
        try {
            story.tell(new CrashingDisk(fatal, new RealDisk()), new CrashingMounts(mounts, fatal, freezing));
        } catch (Killed kill) {
            where = String.valueOf(kill.getMessage());
        }
        String interrupted = story.interruptedAt();
        try {
            story.nothingIsOrphaned(new RealDisk(), mounts);
            story.tell(new RealDisk(), mounts);
            story.nothingIsLeft(mounts);
        } catch (AssertionError | ConditionTimeoutException | CsiException wrong) {
            throw new AssertionError("killed " + where + ", in: " + interrupted, wrong);
        }
        return !where.isEmpty();
    }
}
