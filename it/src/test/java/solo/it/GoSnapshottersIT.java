package solo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import solo.app.Role;

/**
 * Solo and the Go programs of external-snapshotter 8.7 on the same objects: side by side, and each taking over from the
 * other, which was killed in the middle.
 */
@ExtendWith(RealCluster.class)
class GoSnapshottersIT {

    private static final String CLASS = "solo-local-immediate";
    private static final int SNAPSHOTS = 40;
    private static final String BOTH_HALVES = "--controllers=provisioner,snapshotter,snapshot-controller";

    private final Bench bench;

    GoSnapshottersIT(Bench bench) {
        this.bench = bench;
    }

    @Test
    void the_go_programs_finish_what_solo_began_and_solo_finishes_what_they_began_to_delete() throws Exception {
        Path state = Bench.freshState();
        try (SoloUnderTest node = SoloUnderTest.start(bench, Set.of(Role.NODE), state);
                Sandbox sandbox = bench.sandbox("go-takes-over")) {
            Snapshots snapshots = new Snapshots(bench, sandbox);
            try (SoloChild solo = SoloChild.controller(bench, state, BOTH_HALVES)) {
                solo.awaitLine("controllers started");
                sandbox.claim("source", CLASS);
                sandbox.awaitBound("source");
                take(snapshots);
                awaitSome(node, snapshots);
                solo.kill();
            }
            say("Solo was killed", node, snapshots);
            try (GoSidecars go = new GoSidecars(bench).withSnapshotController().withSnapshotter()) {
                awaitReady(node, snapshots, go);
                delete(snapshots);
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> node.snapshots().size() < SNAPSHOTS);
            }
            say("the Go programs were killed", node, snapshots);
            try (SoloChild solo = SoloChild.controller(bench, state, BOTH_HALVES)) {
                awaitNothingLeft(node, snapshots);
                assertThat(solo.output()).doesNotContain("Exception");
                sandbox.deleteClaim("source");
                await().atMost(Duration.ofMinutes(2)).until(() -> node.volumes().isEmpty());
            }
        }
    }

    @Test
    void solo_finishes_what_the_go_programs_began_and_they_finish_what_it_began_to_delete() throws Exception {
        Path state = Bench.freshState();
        try (SoloUnderTest node = SoloUnderTest.start(bench, Set.of(Role.NODE), state);
                Sandbox sandbox = bench.sandbox("solo-takes-over")) {
            Snapshots snapshots = new Snapshots(bench, sandbox);
            try (SoloChild solo = SoloChild.controller(bench, state, "--controllers=provisioner")) {
                sandbox.claim("source", CLASS);
                sandbox.awaitBound("source");
                solo.terminate();
                assertThat(solo.awaitExit()).isZero();
            }
            try (GoSidecars _ = new GoSidecars(bench).withSnapshotController().withSnapshotter()) {
                take(snapshots);
                awaitSome(node, snapshots);
            }
            say("the Go programs were killed", node, snapshots);
            try (SoloChild solo = SoloChild.controller(bench, state, BOTH_HALVES)) {
                awaitReady(node, snapshots, null);
                delete(snapshots);
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> node.snapshots().size() < SNAPSHOTS);
                solo.kill();
            }
            say("Solo was killed", node, snapshots);
            try (GoSidecars go = new GoSidecars(bench).withSnapshotController().withSnapshotter()) {
                awaitNothingLeft(node, snapshots);
                go.areAlive();
            }
        }
    }

    @Test
    void either_half_works_beside_the_other_of_go() throws Exception {
        Path state = Bench.freshState();
        try (SoloUnderTest node = SoloUnderTest.start(bench, Set.of(Role.NODE), state);
                Sandbox sandbox = bench.sandbox("halves")) {
            Snapshots snapshots = new Snapshots(bench, sandbox);
            try (SoloChild driverHalf = SoloChild.controller(bench, state, "--controllers=provisioner,snapshotter");
                    GoSidecars clusterHalf = new GoSidecars(bench).withSnapshotController()) {
                sandbox.claim("source", CLASS);
                sandbox.awaitBound("source");
                take(snapshots);
                awaitReady(node, snapshots, clusterHalf);
                delete(snapshots);
                awaitNothingLeft(node, snapshots);
                driverHalf.terminate();
                assertThat(driverHalf.awaitExit()).isZero();
            }
            try (SoloChild clusterHalf = SoloChild.controller(bench, state, "--controllers=snapshot-controller");
                    GoSidecars driverHalf = new GoSidecars(bench).withSnapshotter()) {
                clusterHalf.awaitLine("controllers started");
                take(snapshots);
                awaitReady(node, snapshots, driverHalf);
                delete(snapshots);
                awaitNothingLeft(node, snapshots);
                driverHalf.areAlive();
            }
        }
    }

    private static void take(Snapshots snapshots) {
        names().forEach(name -> snapshots.take(name, "source", "solo-local"));
    }

    private static void delete(Snapshots snapshots) {
        names().forEach(snapshots::delete);
    }

    private static List<String> names() {
        return IntStream.range(0, SNAPSHOTS).mapToObj(i -> "snap-" + i).toList();
    }

    private static void awaitSome(SoloUnderTest node, Snapshots snapshots) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !node.snapshots().isEmpty() || snapshots.ready() > 0);
    }

    /** All are ready, and the storage holds one for each. */
    private static void awaitReady(SoloUnderTest node, Snapshots snapshots, @Nullable GoSidecars go) {
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            if (go != null) {
                go.areAlive();
            }
            return snapshots.ready() == SNAPSHOTS;
        });
        assertThat(node.snapshots()).hasSize(SNAPSHOTS);
    }

    private static void awaitNothingLeft(SoloUnderTest node, Snapshots snapshots) {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> snapshots.names().isEmpty()
                        && snapshots.contentNames().isEmpty()
                        && node.snapshots().isEmpty());
    }

    private static void say(String what, SoloUnderTest node, Snapshots snapshots) {
        System.out.printf(
                "%s: %d of %d snapshots on the storage, %d ready, %d contents%n",
                what,
                node.snapshots().size(),
                SNAPSHOTS,
                snapshots.ready(),
                snapshots.contentNames().size());
    }
}
