package solo.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import solo.app.Role;
import solo.app.options.SoloOptions;
import solo.it.bench.RequestCounters;

/** What attaching and growing cost, by the API server's own counters: user-asks §2.2, the column of the least possible. */
@ExtendWith(RealCluster.class)
class VolumeCallsIT {

    private static final int VOLUMES = 10;

    @Test
    void attaching_costs_two_writes_detaching_one_growing_three_and_nothing_is_read(Bench bench) {
        SoloOptions options = SoloUnderTest.options(bench, Bench.freshState());
        options.driver.attach = true;
        try (SoloUnderTest _ = SoloUnderTest.start(Set.of(Role.CONTROLLER, Role.NODE), options)
                        .registered();
                Sandbox sandbox = bench.sandbox("costs")) {
            List<String> claims =
                    IntStream.range(0, VOLUMES).mapToObj(i -> "claim-" + i).toList();
            claims.forEach(claim -> sandbox.claim(claim, "solo-local-immediate"));
            List<String> volumes = claims.stream()
                    .map(claim -> sandbox.awaitBound(claim).getSpec().getVolumeName())
                    .toList();
            Attachments attachments = new Attachments(bench, volumes);

            RequestCounters before = RequestCounters.read(bench.client());
            attachments.attach();
            attachments.awaitAttached();
            Map<String, Long> attaching = RequestCounters.read(bench.client()).since(before);
            System.out.println("calls for " + VOLUMES + " volumes attached: " + attaching);
            assertThat(attaching)
                    .containsEntry("PATCH volumeattachments", (long) VOLUMES)
                    .containsEntry("PATCH volumeattachments/status", (long) VOLUMES)
                    .doesNotContainKeys("PATCH persistentvolumes", "GET volumeattachments", "GET csinodes");

            before = RequestCounters.read(bench.client());
            attachments.detach();
            attachments.awaitGone();
            Map<String, Long> detaching = RequestCounters.read(bench.client()).since(before);
            System.out.println("calls for " + VOLUMES + " volumes detached: " + detaching);
            assertThat(detaching)
                    .containsEntry("PATCH volumeattachments", (long) VOLUMES)
                    .doesNotContainKeys("PATCH volumeattachments/status", "PATCH persistentvolumes");

            before = RequestCounters.read(bench.client());
            claims.forEach(claim -> sandbox.request(claim, "32Mi"));
            claims.forEach(claim -> sandbox.awaitCapacity(claim, "32Mi"));
            Map<String, Long> growing = RequestCounters.read(bench.client()).since(before);
            System.out.println("calls for " + VOLUMES + " volumes grown: " + growing);
            assertThat(growing)
                    .containsEntry("PATCH persistentvolumeclaims/status", 2L * VOLUMES)
                    .containsEntry("PATCH persistentvolumes", (long) VOLUMES);
        }
    }
}
