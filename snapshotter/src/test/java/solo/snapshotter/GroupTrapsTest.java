package solo.snapshotter;

import static org.assertj.core.api.Assertions.assertThat;
import static solo.snapshotter.GroupWorld.deleting;
import static solo.snapshotter.GroupWorld.groupClass;
import static solo.snapshotter.GroupWorld.memberContentKey;
import static solo.snapshotter.GroupWorld.memberKey;
import static solo.snapshotter.GroupWorld.wish;
import static solo.snapshotter.SnapshotWorld.GROUP;
import static solo.snapshotter.SnapshotWorld.GROUP_CONTENT;
import static solo.snapshotter.SnapshotWorld.code;
import static solo.snapshotter.SnapshotWorld.finalizers;
import static solo.snapshotter.SnapshotWorld.on;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import solo.csi.Rpcs;
import solo.kube.ApiException.Failure;
import solo.kube.Controller;
import solo.kube.Kinds;
import solo.kube.Trigger;
import solo.kube.model.EventNote;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.kube.model.Retry;
import solo.simulation.Fault;
import solo.simulation.Objects;
import solo.simulation.SimulatedWrites;
import solo.simulation.Verb;
import solo.snapshotter.model.GroupNames;
import solo.snapshotter.model.SnapshotNames;
import solo.snapshotter.model.SnapshotSettings;
import solo.snapshotter.model.SnapshotSettings.Distribution;
import solo.snapshotter.model.SnapshottingDriver.Metadata;

/** What goes wrong with groups in external-snapshotter, by the numbers of its inventory. */
class GroupTrapsTest {

    @Test
    void trap_13_a_group_deleted_before_it_was_told_of_its_content_takes_it_along() {
        GroupWorld world = new GroupWorld().with(wish());
        world.all.server.fail(Fault.answerLost(Verb.CREATE, Kinds.GROUP_SNAPSHOT_CONTENT));
        world.all.runGroup();
        assertThat(world.group().at("status").present()).isFalse();
        world.all.server.remove(Kinds.GROUP_SNAPSHOT, GROUP);

        world.settle();

        assertThat(world.find(Kinds.GROUP_SNAPSHOT, GROUP)).isNull();
        assertThat(world.find(Kinds.GROUP_SNAPSHOT_CONTENT, GROUP_CONTENT)).isNull();
    }

    @Test
    void trap_13_so_it_is_with_a_content_that_the_cache_has_not_been_told_of() {
        GroupWorld world = new GroupWorld().with(wish());
        world.all.cluster.lag();
        world.all.server.fail(Fault.answerLost(Verb.CREATE, Kinds.GROUP_SNAPSHOT_CONTENT));
        world.all.runGroup();
        world.all.server.remove(Kinds.GROUP_SNAPSHOT, GROUP);
        world.all.cluster.simulated(Kinds.GROUP_SNAPSHOT).deliverAll();

        world.all.runGroup();

        assertThat(world.find(Kinds.GROUP_SNAPSHOT, GROUP)).isNotNull();
        assertThat(deleting(world.content())).isTrue();
    }

    @Test
    void trap_17_a_member_that_an_older_controller_owns_by_v1beta1_is_one_all_the_same() {
        GroupWorld world = new GroupWorld().with(wish()).settle();
        Json member = world.member("a");
        Map<String, Object> older = new LinkedHashMap<>(
                member.at("metadata", "ownerReferences").items().getFirst().textMap());
        older.put("apiVersion", "groupsnapshot.storage.k8s.io/v1beta1");
        world.with(Objects.of(Kinds.SNAPSHOT, memberKey("a").toString())
                .uid(member.at("metadata", "uid").text(""))
                .with(finalizers(member), "metadata", "finalizers")
                .with(List.of(older), "metadata", "ownerReferences")
                .with("a", "spec", "source", "persistentVolumeClaimName")
                .with("group", "status", "volumeGroupSnapshotName")
                .with(memberContentKey("a").name(), "status", "boundVolumeSnapshotContentName"));

        world.settle();
        assertThat(world.member("a").at("status", "readyToUse").flag(false))
                .as("asks for no class")
                .isTrue();
        world.all.server.remove(Kinds.GROUP_SNAPSHOT, GROUP);
        world.settle();
        assertThat(world.find(Kinds.SNAPSHOT, memberKey("a"))).isNull();
    }

    @Test
    void trap_19_match_expressions_count() {
        GroupWorld world = new GroupWorld()
                .with(wish().without("spec", "source", "selector", "matchLabels")
                        .with(
                                List.of(Map.of("key", "name", "operator", "In", "values", List.of("b", "c"))),
                                "spec",
                                "source",
                                "selector",
                                "matchExpressions"));

        world.all.runGroup();

        assertThat(world.content().at("spec", "source", "volumeHandles").texts())
                .containsExactly("vol-b", "vol-c");
    }

    @Test
    void trap_20_members_have_the_secret_of_their_group_even_if_it_is_named_by_the_group() {
        GroupWorld world = new GroupWorld()
                .with(
                        groupClass("together")
                                .with(
                                        Map.of(
                                                "csi.storage.k8s.io/group-snapshotter-secret-name",
                                                "of-${volumegroupsnapshot.name}",
                                                "csi.storage.k8s.io/group-snapshotter-secret-namespace",
                                                "${volumegroupsnapshot.namespace}"),
                                        "parameters"),
                        Objects.secret("ns/of-group", Map.of("key", "value")),
                        wish())
                .settle();

        assertThat(world.ready()).isTrue();
        assertThat(world.memberContent("a").at("metadata", "annotations").textMap())
                .containsEntry(SnapshotNames.SECRET_NAME, "of-group")
                .containsEntry(SnapshotNames.SECRET_NAMESPACE, "ns");
    }

    @Test
    void trap_21_members_are_not_written_again_while_the_group_is_not_ready_and_become_ready_with_it() {
        GroupWorld world = new GroupWorld();
        world.all.driver.backend().snapshotting(Duration.ofSeconds(30));
        world.with(wish());
        world.all.runGroup();
        world.all.runGroupContent();
        world.all.runGroup();
        world.all.server.requests().reset();

        world.all.runGroup();
        world.all.runGroup();
        assertThat(world.all.server.requests().writes()).isZero();

        world.all.clock.advance(Duration.ofMinutes(1));
        world.all.runGroupContent();
        Json told =
                world.content().at("status", "volumeSnapshotInfoList").items().getFirst();
        assertThat(told.at("readyToUse").flag(false)).as("refreshed").isTrue();
        world.all.runGroup();
        assertThat(world.memberContent("a").at("status", "readyToUse").flag(false))
                .isTrue();
    }

    @Test
    void trap_22_where_groups_are_not_served_a_member_is_like_any_other_and_waits_for_its_group() {
        GroupWorld world = new GroupWorld().with(wish()).settle();
        List<Controller> alone = withoutGroups(world);
        world.all.server.remove(Kinds.SNAPSHOT, memberKey("a"));

        assertThat(code(reconcileSnapshot(alone))).isEqualTo("StillInGroup");
        world.all.server.removeByForce(Kinds.GROUP_SNAPSHOT, GROUP);
        reconcileSnapshot(alone);
        assertThat(deleting(world.memberContent("a"))).isTrue();
    }

    @Test
    void trap_23_a_refused_group_backs_off() {
        GroupWorld world = new GroupWorld().with(wish());
        world.all.runGroup();
        world.all
                .driver
                .calls()
                .plan(
                        Rpcs.CREATE_VOLUME_GROUP_SNAPSHOT,
                        solo.simulation.DriverFault.refused(solo.csi.model.Code.INTERNAL));

        Outcome outcome = world.all.runGroupContent();

        assertThat(((Outcome.Waiting) outcome).retry()).isEqualTo(Retry.backoff());
        // That its own writes do not end the backoff is shown by GroupChangeTest.
    }

    @Test
    void trap_24_contents_of_a_group_tell_the_node_of_their_volumes() {
        GroupWorld world = distributed("node-b", "node-b").with(wish());
        world.all.runGroup();
        assertThat(world.content().at("metadata", "labels").textMap())
                .containsEntry(SnapshotNames.MANAGED_BY, "node-b");

        world.settle();
        assertThat(world.memberContent("a").at("metadata", "labels").textMap())
                .containsEntry(SnapshotNames.MANAGED_BY, "node-b");
    }

    @Test
    void trap_24_a_group_of_volumes_on_several_nodes_is_refused_where_each_takes_its_own() {
        GroupWorld world = distributed("node-a", "node-b").with(wish());

        assertThat(code(world.all.runGroup())).isEqualTo("VolumesOnSeveralNodes");
        assertThat(world.find(Kinds.GROUP_SNAPSHOT_CONTENT, GROUP_CONTENT)).isNull();
    }

    @Test
    void trap_25_a_member_stays_until_its_content_is_gone() {
        GroupWorld world = new GroupWorld().with(wish()).settle();
        assertThat(finalizers(world.member("a"))).contains(SnapshotNames.BOUND);
        world.all.hold(Kinds.SNAPSHOT_CONTENT, memberContentKey("a"), "somebody/else");
        world.all.server.remove(Kinds.GROUP_SNAPSHOT, GROUP);

        world.settle();

        assertThat(world.find(Kinds.SNAPSHOT, memberKey("a"))).isNotNull();
        assertThat(world.find(Kinds.SNAPSHOT, memberKey("b"))).isNull();
        world.all.server.removeByForce(Kinds.SNAPSHOT_CONTENT, memberContentKey("a"));
        world.settle();
        assertThat(world.find(Kinds.SNAPSHOT, memberKey("a"))).isNull();
    }

    @Test
    void trap_26_and_27_where_groups_are_not_served_nobody_watches_them() {
        List<String> watched = new ArrayList<>();
        for (Controller controller : withoutGroups(new GroupWorld())) {
            for (Trigger<?> trigger : controller.triggers()) {
                watched.add(trigger.kind().resource().group());
            }
        }

        assertThat(watched).contains("snapshot.storage.k8s.io").doesNotContain("groupsnapshot.storage.k8s.io");
    }

    @Test
    void a_group_content_without_its_finalizer_gets_it_and_an_impossible_one_is_told() {
        GroupWorld world = new GroupWorld().with(wish());
        world.all.runGroup();
        world.all.server.finalizers(Kinds.GROUP_SNAPSHOT_CONTENT, GROUP_CONTENT, any -> List.of());
        world.all.runGroupProtection(GROUP_CONTENT);
        assertThat(finalizers(world.content())).containsExactly(GroupNames.CONTENT_BOUND);

        world.with(GroupWorld.imported().with(List.of("vol-a"), "spec", "source", "volumeHandles"));
        world.all.runGroupProtection(ObjectKey.cluster("imported"));
        assertThat(world.all.events.reasons()).contains("GroupContentValidationError");
    }

    @Test
    void a_write_that_the_api_server_does_not_take_is_told_with_snapshot_controllers_reason() {
        GroupWorld world = new GroupWorld().with(wish());
        world.all.server.fail(Fault.refused(Verb.CREATE, Kinds.GROUP_SNAPSHOT_CONTENT, Failure.FORBIDDEN));

        Outcome outcome = world.all.runGroup();

        assertThat(((Outcome.Waiting) outcome).reason().event())
                .isNotNull()
                .extracting(EventNote::reason)
                .isEqualTo("CreateGroupSnapshotContentFailed");
    }

    private static List<Controller> withoutGroups(GroupWorld world) {
        Ports ports = new Ports(
                world.all.cluster,
                new SimulatedWrites(world.all.server, world.all.cluster),
                world.all.events,
                world.all.clock);
        return SnapshotController.of(
                SnapshotSettings.DEFAULT, ports, SnapshotterOptions.DEFAULT, new PrometheusRegistry());
    }

    private static Outcome reconcileSnapshot(List<Controller> controllers) {
        for (Controller controller : controllers) {
            if (controller.name().equals(SnapshotController.SNAPSHOTS)) {
                try {
                    return controller.reconciler().reconcile(memberKey("a"));
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
        throw new AssertionError("no controller of snapshots");
    }

    private static GroupWorld distributed(String nodeOfA, String nodeOfB) {
        return new GroupWorld(Metadata.LEFT_OUT, Distribution.BY_NODE)
                .with(
                        Objects.node("node-a"),
                        Objects.node("node-b"),
                        on(nodeOfA, GroupWorld.volume("a")),
                        on(nodeOfB, GroupWorld.volume("b")));
    }
}
