package solo.snapshotter;

import static org.assertj.core.api.Assertions.assertThat;
import static solo.snapshotter.SnapshotWorld.CONTENT;
import static solo.snapshotter.SnapshotWorld.GROUP;
import static solo.snapshotter.SnapshotWorld.GROUP_CONTENT;
import static solo.snapshotter.SnapshotWorld.SNAPSHOT;
import static solo.snapshotter.SnapshotWorld.code;
import static solo.snapshotter.SnapshotWorld.on;

import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import solo.csi.Rpcs;
import solo.csi.model.ControllerCapability;
import solo.kube.Kinds;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.simulation.Objects;
import solo.snapshotter.Snapshotter.OtherHalf;
import solo.snapshotter.model.SnapshotNames;
import solo.snapshotter.model.SnapshotSettings.Distribution;
import solo.snapshotter.model.SnapshottingDriver.Metadata;

/** With --node-deployment every node has its own half of the driver, and the label managed-by says whose a content is. */
class NodeDeploymentTest {
    private static final ObjectKey IMPORTED = ObjectKey.cluster("imported");

    /** Its volume is on node-b. */
    private final SnapshotWorld world = nodes().with(on(
            "node-b",
            Objects.volume("pv").handle("vol").claimRef("ns/data", "uid-data").phase("Bound")));

    /** Its volumes are on node-b. */
    private final GroupWorld groups =
            new GroupWorld(nodes()).with(on("node-b", GroupWorld.volume("a")), on("node-b", GroupWorld.volume("b")));

    @Test
    void only_the_node_of_the_volume_takes_its_snapshot() {
        world.with(SnapshotWorld.wish()).runSnapshot();

        assertThat(world.noticedOn("node-a", CONTENT)).isEmpty();
        assertThat(world.runContentOn("node-a", CONTENT)).isEqualTo(Outcome.done());
        assertThat(calls(world)).isZero();
        assertThat(world.beingCreated()).isFalse();

        assertThat(world.noticedOn("node-b", CONTENT)).containsExactly(CONTENT);
        world.runContentOn("node-b", CONTENT);
        assertThat(world.driver.calls().made(Rpcs.CREATE_SNAPSHOT)).hasSize(1);
        assertThat(world.content().at("status", "readyToUse").flag(false)).isTrue();
    }

    @Test
    void only_it_asks_again_while_the_snapshot_is_not_ready() {
        world.driver.backend().snapshotting(Duration.ofMinutes(1));
        world.with(SnapshotWorld.wish()).runSnapshot();
        assertThat(code(world.runContentOn("node-b", CONTENT))).isEqualTo("NotReady");
        world.driver.calls().forgetMade();
        world.clock.advance(Duration.ofMinutes(2));

        assertThat(world.runContentOn("node-a", CONTENT)).isEqualTo(Outcome.done());
        assertThat(calls(world)).isZero();

        world.runContentOn("node-b", CONTENT);
        assertThat(calls(world)).isEqualTo(1);
        assertThat(world.content().at("status", "readyToUse").flag(false)).isTrue();
    }

    @Test
    void only_it_deletes_the_snapshot_and_lets_the_content_go() {
        world.with(SnapshotWorld.wish()).settle();
        world.server.remove(Kinds.SNAPSHOT, SNAPSHOT);
        world.runSnapshot();

        world.runContentOn("node-a", CONTENT);
        assertThat(world.driver.calls().made(Rpcs.DELETE_SNAPSHOT)).isEmpty();
        assertThat(world.find(Kinds.SNAPSHOT_CONTENT, CONTENT)).isNotNull();

        world.runContentOn("node-b", CONTENT);
        assertThat(world.driver.calls().made(Rpcs.DELETE_SNAPSHOT)).hasSize(1);
        assertThat(world.find(Kinds.SNAPSHOT_CONTENT, CONTENT)).isNull();
        assertThat(world.driver.backend().snapshots()).isEmpty();
    }

    @Test
    void a_content_without_the_label_is_nobodys() {
        world.with(SnapshotWorld.importing(), SnapshotWorld.imported());
        world.driver.backend().putSnapshot("handle", "vol", 1L << 30);

        world.settle();

        assertThat(world.noticedOn("node-a", IMPORTED)).isEmpty();
        assertThat(world.noticedOn("node-b", IMPORTED)).isEmpty();
        assertThat(calls(world)).isZero();
        assertThat(world.snapshot().at("status", "readyToUse").flag(false)).isFalse();
    }

    @Test
    void an_imported_content_is_of_the_node_that_the_administrator_names() {
        world.with(SnapshotWorld.importing(), SnapshotWorld.imported().label(SnapshotNames.MANAGED_BY, "node-a"));
        world.driver.backend().putSnapshot("handle", "vol", 1L << 30);

        world.settle();

        assertThat(world.noticedOn("node-a", IMPORTED)).containsExactly(IMPORTED);
        assertThat(world.noticedOn("node-b", IMPORTED)).isEmpty();
        assertThat(world.snapshot().at("status", "readyToUse").flag(false)).isTrue();
    }

    @Test
    void only_the_node_of_its_volumes_takes_a_group() {
        groups.with(GroupWorld.wish()).all.runGroup();

        assertThat(groups.all.groupNoticedOn("node-a", GROUP_CONTENT)).isEmpty();
        assertThat(groups.all.runGroupContentOn("node-a", GROUP_CONTENT)).isEqualTo(Outcome.done());
        assertThat(calls(groups.all)).isZero();

        assertThat(groups.all.groupNoticedOn("node-b", GROUP_CONTENT)).containsExactly(GROUP_CONTENT);
        groups.all.runGroupContentOn("node-b", GROUP_CONTENT);
        assertThat(groups.all.driver.calls().made(Rpcs.CREATE_VOLUME_GROUP_SNAPSHOT))
                .hasSize(1);
        assertThat(groups.settle().ready()).isTrue();
    }

    @Test
    void only_it_asks_again_while_the_group_is_not_ready() {
        groups.all.driver.backend().snapshotting(Duration.ofMinutes(1));
        groups.with(GroupWorld.wish()).all.runGroup();
        groups.all.runGroupContentOn("node-b", GROUP_CONTENT);
        groups.all.driver.calls().forgetMade();
        groups.all.clock.advance(Duration.ofMinutes(2));

        assertThat(groups.all.runGroupContentOn("node-a", GROUP_CONTENT)).isEqualTo(Outcome.done());
        assertThat(calls(groups.all)).isZero();

        groups.all.runGroupContentOn("node-b", GROUP_CONTENT);
        assertThat(calls(groups.all)).isEqualTo(1);
        assertThat(groups.content().at("status", "readyToUse").flag(false)).isTrue();
    }

    @Test
    void only_it_deletes_the_group_and_lets_the_content_go() {
        groups.with(GroupWorld.wish()).settle();
        groups.all.server.remove(Kinds.GROUP_SNAPSHOT, GROUP);
        groups.all.runGroup();

        groups.all.runGroupContentOn("node-a", GROUP_CONTENT);
        assertThat(groups.all.driver.calls().made(Rpcs.DELETE_VOLUME_GROUP_SNAPSHOT))
                .isEmpty();
        assertThat(groups.find(Kinds.GROUP_SNAPSHOT_CONTENT, GROUP_CONTENT)).isNotNull();

        groups.all.runGroupContentOn("node-b", GROUP_CONTENT);
        assertThat(groups.all.driver.calls().made(Rpcs.DELETE_VOLUME_GROUP_SNAPSHOT))
                .hasSize(1);
        groups.settle();
        assertThat(groups.find(Kinds.GROUP_SNAPSHOT, GROUP)).isNull();
        assertThat(groups.find(Kinds.GROUP_SNAPSHOT_CONTENT, GROUP_CONTENT)).isNull();
        assertThat(groups.all.driver.backend().snapshots()).isEmpty();
    }

    @Test
    void a_group_content_without_the_label_is_nobodys() {
        groups.with(GroupWorld.importing(), GroupWorld.imported());
        groups.all.driver.backend().putGroup("old", "x", "y");

        groups.settle();

        assertThat(groups.all.groupNoticedOn("node-a", IMPORTED)).isEmpty();
        assertThat(groups.all.groupNoticedOn("node-b", IMPORTED)).isEmpty();
        assertThat(calls(groups.all)).isZero();
        assertThat(groups.ready()).isFalse();
    }

    private static int calls(SnapshotWorld world) {
        return world.driver.calls().made().size();
    }

    private static SnapshotWorld nodes() {
        return new SnapshotWorld(
                        OtherHalf.ELSEWHERE,
                        EnumSet.of(ControllerCapability.CREATE_DELETE_SNAPSHOT, ControllerCapability.LIST_SNAPSHOTS),
                        Metadata.LEFT_OUT,
                        Distribution.BY_NODE)
                .onNodes("node-a", "node-b");
    }
}
