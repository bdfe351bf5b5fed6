package solo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import csi.v1.DeleteSnapshotRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import solo.app.Role;
import solo.app.options.SoloOptions;
import solo.csi.CsiException;
import solo.it.bench.RequestCounters;
import solo.kube.model.Json;

/** Snapshots as users have them: taken of a claim in use, restored, imported, and deleted in any order. */
@ExtendWith(RealCluster.class)
class SnapshotIT {

    private static final String CLASS = "solo-local-immediate";
    private static final int COUNTED = 20;
    private static final int MANY = 200;

    private final Bench bench;

    SnapshotIT(Bench bench) {
        this.bench = bench;
    }

    @Test
    void a_restored_claim_holds_what_the_source_held_when_the_snapshot_was_taken() {
        try (SoloUnderTest solo = start();
                Sandbox sandbox = bench.sandbox("snapshot")) {
            Snapshots snapshots = new Snapshots(bench, sandbox);
            sandbox.claim("source", CLASS);
            sandbox.pod("writer", "source", "echo before > /data/file && touch /data/written && sleep 3600");
            sandbox.awaitRunning("writer");
            sandbox.pod("looks", "source", "until [ -e /data/written ]; do sleep 0.1; done");
            assertThat(sandbox.awaitEnd("looks")).isEqualTo("Succeeded");

            snapshots.take("snap", "source", null);
            Json snapshot = snapshots.awaitReady("snap");
            assertThat(snapshot.at("spec", "volumeSnapshotClassName").text())
                    .as("the default class is written down")
                    .isEqualTo("solo-local");
            assertThat(snapshot.at("status", "creationTime").time()).isNotNull();
            assertThat(snapshot.at("status", "restoreSize").text()).isEqualTo("16Mi");

            sandbox.pod("changes", "source", "echo after > /data/file");
            assertThat(sandbox.awaitEnd("changes")).isEqualTo("Succeeded");
            snapshots.restore("restored", "snap", CLASS, "32Mi");
            sandbox.pod("reads", "restored", "[ \"$(cat /data/file)\" = before ]");
            assertThat(sandbox.awaitEnd("reads")).isEqualTo("Succeeded");
            assertThat(sandbox.events("snap").stream()
                            .map(event -> event.getReason())
                            .distinct())
                    .contains("SnapshotCreated", "SnapshotReady");

            snapshots.delete("snap");
            snapshots.awaitGone("snap");
            assertThat(solo.snapshots()).isEmpty();
        }
    }

    @Test
    void a_snapshot_costs_seven_writes_and_its_deletion_three_and_nothing_is_read_for_it() {
        try (SoloUnderTest solo = start();
                Sandbox sandbox = bench.sandbox("snapshot")) {
            Snapshots snapshots = new Snapshots(bench, sandbox);
            numbers(COUNTED).forEach(i -> sandbox.claim("claim-" + i, CLASS));
            numbers(COUNTED).forEach(i -> sandbox.awaitBound("claim-" + i));
            bench.awaitNobodyCleansUp();

            RequestCounters before = RequestCounters.read(bench.client());
            numbers(COUNTED).forEach(i -> snapshots.take("snap-" + i, "claim-" + i, "solo-local"));
            // By lists, which are not counted: a wait for one object reads it.
            await().atMost(Duration.ofMinutes(1)).until(() -> snapshots.ready() == COUNTED);
            awaitClaimsLetGo(sandbox);
            Map<String, Long> taken = ours(before, "POST volumesnapshots");
            System.out.println("calls for " + COUNTED + " snapshots taken: " + taken);
            assertThat(sum(taken)).isLessThanOrEqualTo(7L * COUNTED);
            assertThat(taken.keySet()).noneMatch(what -> what.startsWith("GET"));

            RequestCounters ready = RequestCounters.read(bench.client());
            numbers(COUNTED).forEach(i -> snapshots.delete("snap-" + i));
            await().atMost(Duration.ofMinutes(1)).until(() -> snapshots.names().isEmpty());
            Map<String, Long> gone = ours(ready, "DELETE volumesnapshots");
            System.out.println("calls for " + COUNTED + " snapshots deleted: " + gone);
            assertThat(sum(gone)).isLessThanOrEqualTo(3L * COUNTED);
            assertThat(solo.snapshots()).isEmpty();
        }
    }

    @Test
    void two_hundred_snapshots_at_once_are_all_ready_and_all_gone_again() {
        try (SoloUnderTest solo = start();
                Sandbox sandbox = bench.sandbox("snapshot")) {
            Snapshots snapshots = new Snapshots(bench, sandbox);
            sandbox.claim("source", CLASS);
            sandbox.awaitBound("source");
            IntStream.range(0, MANY).parallel().forEach(i -> snapshots.take("snap-" + i, "source", "solo-local"));
            await().atMost(Duration.ofMinutes(3)).until(() -> snapshots.ready() == MANY);
            IntStream.range(0, MANY).parallel().forEach(i -> snapshots.delete("snap-" + i));
            await().atMost(Duration.ofMinutes(3)).until(() -> snapshots.names().isEmpty());
            assertThat(solo.snapshots()).isEmpty();
        }
    }

    @Test
    void a_retained_snapshot_outlives_its_objects_and_can_be_imported_again() throws CsiException {
        try (SoloUnderTest solo = start();
                Sandbox sandbox = bench.sandbox("snapshot")) {
            Snapshots snapshots = new Snapshots(bench, sandbox);
            sandbox.claim("source", CLASS);
            sandbox.pod("writer", "source", "echo kept > /data/file");
            assertThat(sandbox.awaitEnd("writer")).isEqualTo("Succeeded");
            snapshots.take("kept", "source", "solo-local-retain");
            snapshots.awaitReady("kept");
            Json content = snapshots.contentOf("kept");
            String handle = content.at("status", "snapshotHandle").text("");
            String contentName = content.at("metadata", "name").text("");

            snapshots.delete("kept");
            snapshots.awaitGone("kept");
            snapshots.deleteContent(contentName);
            snapshots.awaitContentGone(contentName);
            assertThat(solo.snapshots()).containsExactly(handle);

            snapshots.content(sandbox.namespace() + "-imported", handle, "again", "Delete");
            snapshots.importing("again", sandbox.namespace() + "-imported");
            snapshots.awaitReady("again");
            snapshots.restore("restored", "again", CLASS, "16Mi");
            sandbox.pod("reads", "restored", "[ \"$(cat /data/file)\" = kept ]");
            assertThat(sandbox.awaitEnd("reads")).isEqualTo("Succeeded");
            snapshots.delete("again");
            snapshots.awaitGone("again");
            assertThat(solo.snapshots()).isEmpty();
            solo.process()
                    .driver()
                    .controller()
                    .deleteSnapshot(DeleteSnapshotRequest.newBuilder()
                            .setSnapshotId(handle)
                            .build());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "class-"})
    void claim_content_and_snapshot_deleted_in_any_order_leave_nothing_behind_with_and_without_their_class(
            String first) {
        try (SoloUnderTest solo = start();
                Sandbox sandbox = bench.sandbox("snapshot")) {
            Snapshots snapshots = new Snapshots(bench, sandbox);
            String ownClass = sandbox.namespace() + "-class-";
            List<String> orders = Stream.of(
                            "claim-content-snapshot",
                            "claim-snapshot-content",
                            "content-claim-snapshot",
                            "content-snapshot-claim",
                            "snapshot-claim-content",
                            "snapshot-content-claim")
                    .map(order -> first + order)
                    .toList();
            for (String order : orders) {
                snapshots.makeClass(ownClass + order);
                sandbox.claim("claim-" + order, CLASS);
                sandbox.awaitBound("claim-" + order);
                snapshots.take("snap-" + order, "claim-" + order, ownClass + order);
            }
            for (String order : orders) {
                snapshots.awaitReady("snap-" + order);
                String content = snapshots
                        .contentOf("snap-" + order)
                        .at("metadata", "name")
                        .text("");
                for (String step : order.split("-", -1)) {
                    switch (step) {
                        case "class" -> snapshots.deleteClass(ownClass + order);
                        case "claim" -> sandbox.deleteClaim("claim-" + order);
                        case "content" -> snapshots.deleteContent(content);
                        default -> snapshots.delete("snap-" + order);
                    }
                }
                snapshots.awaitGone("snap-" + order);
                snapshots.awaitContentGone(content);
                snapshots.deleteClass(ownClass + order);
            }
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(sandbox.claims()).isEmpty());
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(solo.volumes()).isEmpty());
            assertThat(solo.snapshots()).isEmpty();
        }
    }

    private SoloUnderTest start() {
        SoloOptions options = SoloUnderTest.withSnapshots(bench);
        return SoloUnderTest.start(Set.of(Role.CONTROLLER, Role.NODE), options).registered();
    }

    private void awaitClaimsLetGo(Sandbox sandbox) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> sandbox.claims().stream()
                        .noneMatch(claim -> claim.getMetadata()
                                .getFinalizers()
                                .contains("snapshot.storage.kubernetes.io/pvc-as-source-protection")));
    }

    /** Requests about snapshots and claims, without those that the test itself sent. */
    private Map<String, Long> ours(RequestCounters before, String ofTest) {
        Map<String, Long> made = RequestCounters.read(bench.client()).since(before);
        made.keySet()
                .removeIf(what -> what.equals(ofTest)
                        || what.startsWith("LIST")
                        || !(what.contains("volumesnapshot") || what.contains("persistentvolumeclaims")));
        return made;
    }

    private static long sum(Map<String, Long> calls) {
        return calls.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Stream<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed();
    }
}
