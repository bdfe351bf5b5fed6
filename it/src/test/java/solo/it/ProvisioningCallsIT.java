package solo.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import solo.driver.LocalDriver;
import solo.it.bench.RequestCounters;

/** What a volume costs, by the API server's own counters: user-asks §2.2, the column of the least possible. */
@ExtendWith(RealCluster.class)
class ProvisioningCallsIT {

    private static final int CLAIMS = 20;
    /** The controller-manager reads each new volume once before it binds it. */
    private static final long BINDERS_READS = CLAIMS;

    @Test
    void a_volume_is_made_with_one_write_and_gone_with_two_and_nothing_is_read_for_it(Bench bench) {
        try (SoloUnderTest _ = SoloUnderTest.all(bench).registered();
                Sandbox sandbox = bench.sandbox("calls")) {
            RequestCounters before = RequestCounters.read(bench.client());
            claims().forEach(claim -> sandbox.claim(claim, "solo-local-immediate"));
            var volumes = claims().map(
                            claim -> sandbox.awaitBound(claim).getSpec().getVolumeName())
                    .toList();
            Map<String, Long> made = RequestCounters.read(bench.client()).since(before);
            System.out.println("calls for " + CLAIMS + " volumes made: " + made);
            assertThat(made).containsEntry("POST persistentvolumes", (long) CLAIMS);
            assertThat(made).doesNotContainKeys("PATCH persistentvolumes", "PATCH persistentvolumeclaims");
            assertThat(made.getOrDefault("GET persistentvolumes", 0L)).isLessThanOrEqualTo(BINDERS_READS);
            assertThat(claims().flatMap(claim -> sandbox.events(claim).stream())
                            .filter(event -> event.getSource().getComponent().startsWith(LocalDriver.NAME))
                            .filter(event -> event.getType().equals("Normal")))
                    .as(
                            "events of ours; the controller-manager writes its own as often as it likes, and a warning tells"
                                    + " that our cache has not seen the node's registration yet")
                    .hasSizeBetween(CLAIMS, 2 * CLAIMS);

            RequestCounters bound = RequestCounters.read(bench.client());
            claims().forEach(sandbox::deleteClaim);
            volumes.forEach(sandbox::awaitVolumeGone);
            Map<String, Long> gone = RequestCounters.read(bench.client()).since(bound);
            System.out.println("calls for " + CLAIMS + " volumes deleted: " + gone);
            assertThat(gone).containsEntry("DELETE persistentvolumes", (long) CLAIMS);
            assertThat(gone.getOrDefault("PATCH persistentvolumes", 0L)).isLessThanOrEqualTo(CLAIMS);
        }
    }

    private static Stream<String> claims() {
        return IntStream.range(0, CLAIMS).mapToObj(i -> "claim-" + i);
    }
}
