package solo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import solo.app.Role;

/** The controller dies at the worst moment; nothing is lost, nothing is done twice, nothing stays behind. */
@ExtendWith(RealCluster.class)
class ControllerKilledIT {

    private static final int CLAIMS = 50;

    @Test
    void killed_in_the_middle_of_fifty_claims_and_restarted_it_binds_all_and_the_backend_holds_exactly_fifty(
            Bench bench) throws InterruptedException {
        Path state = Bench.freshState();
        try (SoloUnderTest node = SoloUnderTest.start(bench, Set.of(Role.NODE), state);
                Sandbox sandbox = bench.sandbox("killed")) {
            int survivors = 0;
            try (SoloChild first = SoloChild.controller(bench, state)) {
                first.awaitLine("controllers started");
                IntStream.range(0, CLAIMS).parallel().forEach(i -> sandbox.claim("claim-" + i, "solo-local-immediate"));
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> !node.volumes().isEmpty());
                first.kill();
                survivors = node.volumes().size();
            }
            System.out.println("killed -9 with " + survivors + " of " + CLAIMS + " volumes made");
            try (SoloChild second = SoloChild.controller(bench, state)) {
                IntStream.range(0, CLAIMS).forEach(i -> sandbox.awaitBound("claim-" + i));
                assertThat(node.volumes()).hasSize(CLAIMS);
                sandbox.claims()
                        .forEach(
                                claim -> sandbox.deleteClaim(claim.getMetadata().getName()));
                await().atMost(Duration.ofMinutes(2))
                        .untilAsserted(() -> assertThat(node.volumes()).isEmpty());
                assertThat(second.output()).doesNotContain("Exception");
            }
        }
    }
}
