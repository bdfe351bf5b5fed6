package solo.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import solo.csi.CsiException;
import solo.csi.model.Code;
import solo.driver.VolumeLife.Action;
import solo.driver.VolumeLife.Phase;
import solo.driver.linux.ProjectQuota;
import solo.driver.mount.LoopDevices.Backed;
import solo.driver.mount.MountPoint;
import solo.driver.mount.Mounts;
import solo.driver.state.RealDisk;
import solo.driver.state.StateStore;
import solo.driver.state.Volume;

/**
 * A real process with volumes of every sort in the middle of everything, and a real kill -9, again and again: nothing is
 * lost, nothing orphaned, and every interrupted call can be repeated. Between them they make all calls of the driver.
 *
 * <p>{@code -Dsolo.kills=200} takes some fifteen minutes. Whoever starts containers meanwhile may copy the mounts and so
 * keep volumes in use: {@code unshare --mount} before the command keeps them apart.
 */
class NodeKillTest {
    private static final int KILLS = Integer.getInteger("solo.kills", 3);

    @TempDir
    private Path directory = Path.of("");

    private final long seed = Long.getLong("solo.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Map<String, VolumeLife> lives = new TreeMap<>();
    private final Map<String, Action> interrupted = new TreeMap<>();
    private int actions;
    private int limited;

    @BeforeEach
    void a_volume_of_each_sort_to_be() throws IOException, CsiException {
        Root.needed();
        directory = directory.toRealPath();
        for (String id : List.of("dir", "ext4", "xfs", "btrfs", ImageRequests.BLOCK)) {
            lives.put(id, VolumeLife.notBegun(id));
        }
        VolumeCalls.makeKept(VolumeCalls.open(directory));
    }

    @AfterEach
    void leave_no_mounts_and_no_loop_devices() throws IOException {
        for (MountPoint mount : Root.mountsBelow(directory).reversed()) {
            Mounts.ofThisMachine().unmount(Path.of(mount.path()));
        }
        for (Backed loop : loops()) {
            Mounts.ofThisMachine().loops().detach(loop.device());
        }
    }

    @Test
    void after_any_kill_everything_is_as_it_was_promised_and_every_call_can_be_repeated() throws Exception {
        var kinds = new TreeMap<Action, Integer>();
        for (int kill = 1; kill <= KILLS; kill++) {
            runAndKill(random.nextInt(1500));
            interrupted.values().forEach(action -> kinds.merge(action, 1, Integer::sum));
            String when = "kill " + kill + " of seed " + seed + ", during " + interrupted;
            var driver = VolumeCalls.open(directory);
            try {
                for (Map.Entry<String, Action> call : interrupted.entrySet()) {
                    repeat(Objects.requireNonNull(lives.get(call.getKey())), call.getValue(), driver);
                }
                everythingIsAsPromised(driver);
            } catch (AssertionError | CsiException | ConditionTimeoutException wrong) {
                throw new AssertionError(when, wrong);
            }
        }
        var driver = VolumeCalls.open(directory);
        for (VolumeLife life : lives.values()) {
            while (life.phase() != Phase.GONE) {
                perform(life, life.towardsTheEnd(), driver);
            }
        }
        everythingIsAsPromised(driver);
        System.out.println("killed a node " + KILLS + " times among " + actions + " actions, during " + kinds
                + ", with " + limited + " looks at a limit");
    }

    /** Again after ABORTED, as every caller: the kernel may take a moment to let go of what the killed process held. */
    private void repeat(VolumeLife life, Action action, TestDriver driver) {
        await("repeating " + action)
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptionsMatching(e -> e instanceof CsiException refused && refused.code() == Code.ABORTED)
                .until(() -> {
                    perform(life, action, driver);
                    return true;
                });
    }

    private void perform(VolumeLife life, Action action, TestDriver driver) throws CsiException, IOException {
        new VolumeCalls(driver, life).perform(action);
        life.done(action);
    }

    private void everythingIsAsPromised(TestDriver driver) throws CsiException, IOException {
        assertThat(driver.listed()).as("volumes").containsExactlyElementsOf(andKept(ids(VolumeLife::exists)));
        assertThat(names("dir")).isEqualTo(ids(life -> life.exists() && !life.isImage()));
        assertThat(names("image")).isEqualTo(andKept(ids(life -> life.exists() && life.isImage())));
        for (VolumeLife life : lives.values()) {
            if (life.exists()) {
                new VolumeCalls(driver, life).perform(Action.ASK);
            }
        }
        limitsAreTheSizesOfVolumes();
        for (String name : List.of("dir-snapshots", "image-snapshots", "set-aside", "snapshots", "groups", "locks")) {
            assertThat(names(name)).as(name).isEmpty();
        }
        assertThat(Root.mountsBelow(directory))
                .hasSize(ids(life -> life.phase() == Phase.STAGED).size()
                        + 2 * ids(life -> life.phase() == Phase.PUBLISHED).size());
        int inUse = ids(life -> life.isImage() && life.isStaged()).size();
        // The kernel may take a moment after the last unmount.
        await("loop devices of " + inUse + " volumes").until(() -> loops().size() == inUse);
    }

    /** Where the temporary directory has project quotas; the record says 0 elsewhere. */
    private void limitsAreTheSizesOfVolumes() throws IOException {
        Path state = directory.resolve("state");
        for (Volume volume : StateStore.volumes(state, new RealDisk()).all()) {
            long project = volume.home().project();
            if (project != 0) {
                Path bytes = state.resolve("dir").resolve(volume.id());
                assertThat(ProjectQuota.projectOf(bytes)).isEqualTo(project);
                assertThat(ProjectQuota.use(bytes, project).limitBytes())
                        .isEqualTo(volume.home().capacityBytes());
                limited++;
            }
        }
    }

    private interface Choice {
        boolean of(VolumeLife life);
    }

    private List<String> ids(Choice choice) {
        return lives.values().stream().filter(choice::of).map(VolumeLife::id).toList();
    }

    private static List<String> andKept(List<String> ids) {
        return Stream.concat(ids.stream(), Stream.of(VolumeCalls.KEPT)).sorted().toList();
    }

    private List<Backed> loops() throws IOException {
        return Mounts.ofThisMachine().loops().attached().stream()
                .filter(loop -> loop.file().startsWith(directory + "/"))
                .toList();
    }

    private List<String> names(String name) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("state").resolve(name))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Afterwards {@link #interrupted} has what was going on. */
    private void runAndKill(int millis) throws IOException, InterruptedException {
        interrupted.clear();
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KilledNode.class.getName(),
                directory.toString(),
                Long.toString(random.nextLong())));
        lives.values().forEach(life -> command.add(life.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader(UTF_8)) {
            String line = output.readLine();
            Thread killer = Thread.ofVirtual().start(() -> killAfter(process, millis));
            while (line != null) {
                hear(line);
                line = output.readLine();
            }
            killer.join();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private void hear(String line) {
        String[] words = line.split(" ", 3);
        switch (words[0]) {
            case "begin" -> interrupted.put(words[1], Action.valueOf(words[2]));
            case "end" -> {
                Objects.requireNonNull(lives.get(words[1])).done(Action.valueOf(words[2]));
                interrupted.remove(words[1]);
                actions++;
            }
            case "wrong" -> throw new AssertionError("seed " + seed + ": " + line);
            default -> {}
        }
    }

    /** A container takes its other processes with it; on a bare node they come to an end by themselves. */
    private static void killAfter(Process process, int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        List<ProcessHandle> children = process.descendants().toList();
        // The handle's kill leaves the output readable.
        process.toHandle().destroyForcibly();
        children.forEach(child -> child.onExit().join());
    }
}
