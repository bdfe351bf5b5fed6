package solo.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
    private static final String GROUP_CLASS = "solo-together";
    private static final int GROUPS = 12;
    private static final List<String> CLAIMS = List.of("a", "b", "c");
    private static final Map<String, String> LABELS = Map.of("app", "db");
    private static final int MEMBERS = GROUPS * CLAIMS.size();
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

    @Test
    void the_go_programs_finish_the_groups_that_solo_began_and_solo_finishes_what_they_began_to_delete()
            throws Exception {
        Path state = Bench.freshState();
        try (SoloUnderTest node = SoloUnderTest.start(bench, Set.of(Role.NODE), state);
                Sandbox sandbox = bench.sandbox("go-takes-groups-over")) {
            GroupSnapshots groups = new GroupSnapshots(bench, sandbox);
            Snapshots members = new Snapshots(bench, sandbox);
            try (SoloChild solo = SoloChild.controller(bench, state, BOTH_HALVES)) {
                solo.awaitLine("controllers started");
                claimsOfGroups(sandbox, groups);
                take(groups);
                awaitSome(node, members);
                solo.kill();
            }
            say("Solo was killed", node, groups, members);
            try (GoSidecars go = new GoSidecars(bench).withSnapshotController().withSnapshotter()) {
                awaitReady(node, groups, members, go);
                groupNames().forEach(groups::delete);
                awaitFewer(node);
            }
            say("the Go programs were killed", node, groups, members);
            try (SoloChild solo = SoloChild.controller(bench, state, BOTH_HALVES)) {
                awaitNothingLeft(node, groups, members, sandbox);
                assertThat(solo.output()).doesNotContain("Exception");
            }
        }
    }

    @Test
    void solo_finishes_the_groups_that_the_go_programs_began_and_they_finish_what_it_began_to_delete()
            throws Exception {
        Path state = Bench.freshState();
        try (SoloUnderTest node = SoloUnderTest.start(bench, Set.of(Role.NODE), state);
                Sandbox sandbox = bench.sandbox("solo-takes-groups-over")) {
            GroupSnapshots groups = new GroupSnapshots(bench, sandbox);
            Snapshots members = new Snapshots(bench, sandbox);
            try (SoloChild solo = SoloChild.controller(bench, state, "--controllers=provisioner")) {
                claimsOfGroups(sandbox, groups);
                solo.terminate();
                assertThat(solo.awaitExit()).isZero();
            }
            try (GoSidecars _ = new GoSidecars(bench).withSnapshotController().withSnapshotter()) {
                take(groups);
                awaitSome(node, members);
            }
            say("the Go programs were killed", node, groups, members);
            try (SoloChild solo = SoloChild.controller(bench, state, BOTH_HALVES)) {
                awaitReady(node, groups, members, null);
                groupNames().forEach(groups::delete);
                awaitFewer(node);
                solo.kill();
            }
            say("Solo was killed", node, groups, members);
            try (GoSidecars go = new GoSidecars(bench).withSnapshotController().withSnapshotter()) {
                awaitNothingLeft(node, groups, members, sandbox);
                go.areAlive();
            }
        }
    }

    private static void claimsOfGroups(Sandbox sandbox, GroupSnapshots groups) {
        groups.groupClass(GROUP_CLASS);
        for (String claim : CLAIMS) {
            sandbox.claim(claim, CLASS);
            sandbox.label(claim, LABELS);
        }
        CLAIMS.forEach(sandbox::awaitBound);
    }

    private static void take(GroupSnapshots groups) {
        groupNames().forEach(name -> groups.take(name, GROUP_CLASS, LABELS));
    }

    private static List<String> groupNames() {
        return IntStream.range(0, GROUPS).mapToObj(i -> "group-" + i).toList();
    }

    private static void awaitFewer(SoloUnderTest node) {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> node.snapshots().size() < MEMBERS);
    }

    /** All are ready with all their members, and the storage holds one snapshot for each member. */
    private static void awaitReady(
            SoloUnderTest node, GroupSnapshots groups, Snapshots members, @Nullable GoSidecars go) {
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            if (go != null) {
                go.areAlive();
            }
            return groups.ready() == GROUPS && members.ready() == MEMBERS;
        });
        assertThat(node.snapshots()).hasSize(MEMBERS);
        assertThat(groupNames())
                .allSatisfy(
                        name -> assertThat(groups.members(name).keySet()).containsExactlyInAnyOrderElementsOf(CLAIMS));
    }

    private static void awaitNothingLeft(
            SoloUnderTest node, GroupSnapshots groups, Snapshots members, Sandbox sandbox) {
        awaitNothingLeft(node, members);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> groups.names().isEmpty()
                        && groups.contents(sandbox.namespace()).isEmpty());
    }

    private static void say(String what, SoloUnderTest node, GroupSnapshots groups, Snapshots members) {
        System.out.printf(
                "%s: %d of %d snapshots of groups on the storage, %d of %d groups ready, %d members%n",
                what,
                node.snapshots().size(),
                MEMBERS,
                groups.ready(),
                GROUPS,
                members.names().size());
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
