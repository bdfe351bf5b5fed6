package solo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import solo.app.Role;
import solo.app.options.SoloOptions;

/** The driver is a process of its own and dies in the middle; when it is back everything goes on by itself. */
@ExtendWith(RealCluster.class)
class DriverKilledIT {

    private static final int VOLUMES = 30;
    /** Its start, ten seconds until it is noticed, and what is left of the work. */
    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void a_driver_killed_in_the_middle_of_attaching_and_growing_leaves_nothing_stuck(Bench bench)
            throws InterruptedException {
        Path state = Bench.freshState();
        SoloOptions options = SoloUnderTest.options(bench, state);
        options.driver.csiAddress = bench.cluster()
                .kubeletDirectory()
                .resolve("plugins/local.csi.solo/csi.sock")
                .toString();
        SoloChild driver = driver(bench, state);
        try (Sandbox sandbox = bench.sandbox("driver-killed");
                SoloUnderTest solo = SoloUnderTest.start(Set.of(Role.CONTROLLER), options)) {
            List<String> claims =
                    IntStream.range(0, VOLUMES).mapToObj(i -> "claim-" + i).toList();
            claims.forEach(claim -> sandbox.claim(claim, "solo-local-immediate"));
            List<String> volumes = claims.stream()
                    .map(claim -> sandbox.awaitBound(claim).getSpec().getVolumeName())
                    .toList();
            Attachments attachments = new Attachments(bench, volumes);

            driver.kill();
            attachments.attach();
            claims.forEach(claim -> sandbox.request(claim, "32Mi"));
            driver = driver(bench, state);
            await().atMost(SOON).until(() -> attachments.attached() > 0);
            driver.kill();
            long done = attachments.attached();
            driver = driver(bench, state);
            System.out.println("driver killed -9 with " + done + " of " + VOLUMES + " volumes attached");
            await().atMost(SOON).until(() -> attachments.attached() == VOLUMES);
            claims.forEach(claim -> sandbox.awaitCapacity(claim, "32Mi"));

            driver.kill();
            attachments.detach();
            driver = driver(bench, state);
            await().atMost(SOON).until(() -> attachments.ours().isEmpty());
            claims.forEach(sandbox::deleteClaim);
            volumes.forEach(sandbox::awaitVolumeGone);
            assertThat(solo.volumes()).isEmpty();
        } finally {
            driver.close();
        }
    }

    /** {@code solo node} serves the whole bundled driver on the kubelet's socket. */
    private static SoloChild driver(Bench bench, Path state) throws InterruptedException {
        SoloChild driver = SoloChild.run(List.of(
                "node",
                "--attach",
                "--state-dir",
                state.toString(),
                "--node-id",
                bench.cluster().nodeName(),
                "--kubelet-dir",
                bench.cluster().kubeletDirectory().toString()));
        driver.awaitLine("driver=local.csi.solo");
        return driver;
    }
}
