package solo.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import solo.app.Role;

/** Two controllers, one lease. */
@ExtendWith(RealCluster.class)
class HandOverIT {

    @Test
    void one_works_the_other_waits_and_stopping_the_first_hands_over_in_under_two_seconds(Bench bench)
            throws InterruptedException {
        Path state = Bench.freshState();
        try (SoloUnderTest node = SoloUnderTest.start(bench, Set.of(Role.NODE), state);
                Sandbox sandbox = bench.sandbox("handover");
                SoloChild first = SoloChild.controller(bench, state, "--leader-election")) {
            first.awaitLine("controllers started");
            try (SoloChild second = SoloChild.controller(bench, state, "--leader-election")) {
                second.awaitLine("standing by");
                sandbox.claim("before", "solo-local-immediate");
                sandbox.awaitBound("before");
                assertThat(second.output()).doesNotContain("controllers started");

                long start = System.nanoTime();
                first.terminate();
                second.awaitLine("controllers started");
                Duration gap = Duration.ofNanos(System.nanoTime() - start);
                System.out.println(
                        "hand-over took " + gap.toMillis() + " ms from SIGTERM to the other's start of work");
                assertThat(first.awaitExit()).isZero();
                assertThat(gap).isLessThan(Duration.ofSeconds(2));

                sandbox.claim("after", "solo-local-immediate");
                sandbox.awaitBound("after");
                assertThat(node.volumes()).hasSize(2);
                sandbox.deleteClaim("before");
                sandbox.deleteClaim("after");
                sandbox.claims()
                        .forEach(
                                claim -> sandbox.awaitVolumeGone(claim.getSpec().getVolumeName()));
            }
        }
    }
}
