package solo.snapshotter;

import static org.assertj.core.api.Assertions.assertThat;
import static solo.snapshotter.GroupWorld.deleting;
import static solo.snapshotter.GroupWorld.groupClass;
import static solo.snapshotter.GroupWorld.imported;
import static solo.snapshotter.GroupWorld.importing;
import static solo.snapshotter.GroupWorld.memberContentKey;
import static solo.snapshotter.GroupWorld.memberKey;
import static solo.snapshotter.GroupWorld.wish;
import static solo.snapshotter.SnapshotWorld.GROUP;
import static solo.snapshotter.SnapshotWorld.GROUP_CONTENT;
import static solo.snapshotter.SnapshotWorld.code;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import solo.csi.Rpcs;
import solo.csi.model.Code;
import solo.kube.ApiException.Failure;
import solo.kube.Kinds;
import solo.kube.model.EventNote;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.simulation.DriverFault;
import solo.simulation.Fault;
import solo.simulation.Objects;
import solo.simulation.Verb;
import solo.snapshotter.Snapshotter.OtherHalf;
import solo.snapshotter.model.GroupNames;
import solo.snapshotter.model.SnapshotNames;

/** A group goes with its members, its content and what the driver holds, by the policy, and never in parts. */
class GroupDeletingTest {

    @ParameterizedTest
    @EnumSource(OtherHalf.class)
    void a_deleted_group_takes_members_contents_and_storage_with_it(OtherHalf other) {
        GroupWorld world = taken(other);

        delete(world);
        world.settle();

        assertThat(world.find(Kinds.GROUP_SNAPSHOT, GROUP)).isNull();
        assertThat(world.find(Kinds.GROUP_SNAPSHOT_CONTENT, GROUP_CONTENT)).isNull();
        assertThat(world.all.server.objects(Kinds.SNAPSHOT)).isEmpty();
        assertThat(world.all.server.objects(Kinds.SNAPSHOT_CONTENT)).isEmpty();
        assertThat(world.all.driver.backend().groups()).isEmpty();
        assertThat(world.all.driver.backend().snapshots()).isEmpty();
        assertThat(world.all.driver.calls().made(Rpcs.DELETE_SNAPSHOT)).isEmpty();
    }

    @Test
    void the_driver_is_told_all_members_of_the_group_it_deletes() {
        GroupWorld world = taken(OtherHalf.ELSEWHERE);
        List<String> members =
                List.copyOf(world.all.driver.backend().snapshots().keySet());
        delete(world);
        world.settle();

        assertThat(world.all
                        .driver
                        .calls()
                        .made(Rpcs.DELETE_VOLUME_GROUP_SNAPSHOT)
                        .getFirst()
                        .getSnapshotIdsList())
                .containsExactlyInAnyOrderElementsOf(members);
    }

    @Test
    void members_are_asked_to_go_before_the_groups_content_is() {
        GroupWorld world = taken(OtherHalf.ELSEWHERE);
        delete(world);
        world.all.server.fail(Fault.refused(Verb.DELETE, Kinds.SNAPSHOT, Failure.UNAVAILABLE));

        world.all.runGroup();
        assertThat(deleting(world.content())).isFalse();
        assertThat(world.all.driver.backend().groups()).hasSize(1);

        world.all.runGroup();
        assertThat(deleting(world.member("a"))).isTrue();
        assertThat(deleting(world.member("b"))).isTrue();
        assertThat(deleting(world.content())).isTrue();
        assertThat(world.content().at("metadata", "annotations").textMap())
                .containsEntry(GroupNames.BEING_DELETED, "yes");
    }

    @Test
    void members_that_only_the_api_server_knows_of_are_deleted_too() {
        GroupWorld world = taken(OtherHalf.ELSEWHERE);
        var owner = world.member("a")
                .at("metadata", "ownerReferences")
                .items()
                .getFirst()
                .textMap();
        world.all.server.removeByForce(Kinds.SNAPSHOT, memberKey("a"));
        world.all.cluster.lag();
        world.with(Objects.of(Kinds.SNAPSHOT, memberKey("a").toString())
                .finalizer(SnapshotNames.IN_GROUP)
                .with(List.of(owner), "metadata", "ownerReferences"));
        delete(world);
        world.all.cluster.simulated(Kinds.GROUP_SNAPSHOT).deliverAll();

        world.all.runGroup();

        assertThat(deleting(world.member("a"))).isTrue();
    }

    @Test
    void with_policy_retain_members_go_and_contents_stay_and_may_be_deleted_later_without_a_call() {
        GroupWorld world = new GroupWorld()
                .with(groupClass("together").with("Retain", "deletionPolicy"), wish())
                .settle();
        delete(world);
        world.settle();

        assertThat(world.find(Kinds.GROUP_SNAPSHOT, GROUP)).isNull();
        assertThat(world.all.server.objects(Kinds.SNAPSHOT)).isEmpty();
        assertThat(world.content().at("metadata", "annotations").textMap())
                .containsEntry(GroupNames.BEING_DELETED, "yes");
        assertThat(world.all.driver.backend().groups()).hasSize(1);

        world.all.server.remove(Kinds.GROUP_SNAPSHOT_CONTENT, GROUP_CONTENT);
        world.all.server.remove(Kinds.SNAPSHOT_CONTENT, memberContentKey("a"));
        world.settle();
        assertThat(world.find(Kinds.GROUP_SNAPSHOT_CONTENT, GROUP_CONTENT)).isNull();
        assertThat(world.find(Kinds.SNAPSHOT_CONTENT, memberContentKey("a"))).isNull();
        assertThat(world.all.driver.backend().groups()).hasSize(1);
    }

    @Test
    void a_member_that_somebody_deletes_alone_stays_until_its_group_goes() {
        GroupWorld world = taken(OtherHalf.ELSEWHERE);
        world.all.server.remove(Kinds.SNAPSHOT, memberKey("a"));

        assertThat(code(world.all.runMember(memberKey("a")))).isEqualTo("StillInGroup");
        assertThat(deleting(world.memberContent("a"))).isFalse();
        world.settle();
        assertThat(world.find(Kinds.SNAPSHOT, memberKey("a"))).isNotNull();

        delete(world);
        world.settle();
        assertThat(world.all.server.objects(Kinds.SNAPSHOT)).isEmpty();
    }

    /** Seed 2008: the driver's half in the same process took the deleted member for leave to let its content go. */
    @ParameterizedTest
    @EnumSource(OtherHalf.class)
    void and_so_does_its_content_even_if_somebody_deletes_that_too(OtherHalf other) {
        GroupWorld world = taken(other);
        world.all.server.remove(Kinds.SNAPSHOT, memberKey("a"));
        world.all.server.remove(Kinds.SNAPSHOT_CONTENT, memberContentKey("a"));
        world.settle();
        assertThat(world.find(Kinds.SNAPSHOT_CONTENT, memberContentKey("a"))).isNotNull();

        delete(world);
        world.settle();
        assertThat(world.all.server.objects(Kinds.SNAPSHOT_CONTENT)).isEmpty();
    }

    @Test
    void a_group_counts_as_gone_only_when_the_api_server_says_so() {
        GroupWorld world = taken(OtherHalf.ELSEWHERE);
        world.all.server.remove(Kinds.SNAPSHOT, memberKey("a"));
        world.all.server.fail(Fault.refused(Verb.GET, Kinds.GROUP_SNAPSHOT, Failure.UNAVAILABLE));
        world.all.server.removeByForce(Kinds.GROUP_SNAPSHOT, GROUP);

        assertThat(code(world.all.runMember(memberKey("a")))).isEqualTo("WriteFailed");
        assertThat(deleting(world.memberContent("a"))).isFalse();
        world.all.runMember(memberKey("a"));
        assertThat(deleting(world.memberContent("a"))).isTrue();
    }

    @Test
    void a_namesake_of_the_group_does_not_hold_its_members() {
        GroupWorld world = taken(OtherHalf.ELSEWHERE);
        world.all.server.removeByForce(Kinds.GROUP_SNAPSHOT, GROUP);
        world.with(wish().uid("another-uid"));
        world.all.server.remove(Kinds.SNAPSHOT, memberKey("a"));

        world.all.runMember(memberKey("a"));

        assertThat(deleting(world.memberContent("a"))).isTrue();
    }

    @Test
    void a_group_stays_whole_while_a_claim_is_filled_from_one_of_its_members() {
        GroupWorld world = taken(OtherHalf.ELSEWHERE)
                .with(Objects.claim("ns/restored").fromSnapshot(memberKey("b").name()));
        delete(world);

        assertThat(code(world.all.runGroup())).isEqualTo("StillRestored");
        assertThat(deleting(world.member("a"))).isFalse();
        assertThat(deleting(world.content())).isFalse();
        assertThat(world.all.error(world.group())).isEmpty();

        world.all.server.remove(Kinds.CLAIM, new ObjectKey("ns", "restored"));
        world.settle();
        assertThat(world.find(Kinds.GROUP_SNAPSHOT, GROUP)).isNull();
    }

    @Test
    void a_content_that_somebody_deletes_stays_as_long_as_its_group() {
        GroupWorld world = taken(OtherHalf.ELSEWHERE);
        world.all.server.remove(Kinds.GROUP_SNAPSHOT_CONTENT, GROUP_CONTENT);

        assertThat(code(world.all.runGroupContent())).isEqualTo("StillBound");
        assertThat(world.all.driver.backend().groups()).hasSize(1);
        delete(world);
        world.settle();
        assertThat(world.find(Kinds.GROUP_SNAPSHOT_CONTENT, GROUP_CONTENT)).isNull();
        assertThat(world.all.driver.backend().groups()).isEmpty();
    }

    @Test
    void a_content_whose_group_somebody_removed_by_force_can_be_deleted() {
        GroupWorld world = taken(OtherHalf.ELSEWHERE);
        world.all.server.removeByForce(Kinds.GROUP_SNAPSHOT, GROUP);
        world.settle();
        assertThat(deleting(world.content()))
                .as("a missing group never deletes")
                .isFalse();

        world.all.server.remove(Kinds.GROUP_SNAPSHOT_CONTENT, GROUP_CONTENT);
        world.settle();
        assertThat(world.all.driver.backend().groups()).as("members stand").hasSize(1);
        // As the garbage collector does.
        world.all.server.remove(Kinds.SNAPSHOT, memberKey("a"));
        world.all.server.remove(Kinds.SNAPSHOT, memberKey("b"));
        world.settle();
        assertThat(world.find(Kinds.GROUP_SNAPSHOT_CONTENT, GROUP_CONTENT)).isNull();
        assertThat(world.all.driver.backend().groups()).isEmpty();
    }

    @Test
    void a_content_waits_for_a_definite_answer_before_it_goes() {
        GroupWorld world = new GroupWorld().with(wish());
        world.all.runGroup();
        world.all.driver.calls().plan(Rpcs.CREATE_VOLUME_GROUP_SNAPSHOT, DriverFault.timeoutAfterSuccess());
        world.all.runGroupContent();
        delete(world);
        world.all.runGroup();
        world.all.driver.calls().plan(Rpcs.CREATE_VOLUME_GROUP_SNAPSHOT, DriverFault.refused(Code.UNAVAILABLE));

        world.all.runGroupContent();
        assertThat(world.find(Kinds.GROUP_SNAPSHOT_CONTENT, GROUP_CONTENT)).isNotNull();
        world.settle();
        assertThat(world.find(Kinds.GROUP_SNAPSHOT_CONTENT, GROUP_CONTENT)).isNull();
        assertThat(world.all.driver.backend().groups()).isEmpty();
    }

    @Test
    void a_driver_that_does_not_delete_is_asked_again_and_an_event_tells() {
        GroupWorld world = taken(OtherHalf.ELSEWHERE);
        delete(world);
        world.all.runGroup();
        world.all.driver.calls().plan(Rpcs.DELETE_VOLUME_GROUP_SNAPSHOT, DriverFault.refused(Code.INTERNAL));

        var outcome = world.all.runGroupContent();

        assertThat(code(outcome)).isEqualTo("NotDeleted");
        assertThat(((Outcome.Waiting) outcome).reason().event())
                .isNotNull()
                .extracting(EventNote::reason)
                .isEqualTo("GroupSnapshotDeleteError");
        world.settle();
        assertThat(world.all.driver.backend().groups()).isEmpty();
    }

    @Test
    void a_group_of_which_no_member_is_known_is_deleted_by_its_handle_alone() {
        // csi-snapshotter does not ask without members, and the content stays for ever.
        GroupWorld world = new GroupWorld();
        world.all.driver.backend().putGroup("old");
        world.with(
                        imported()
                                .with(
                                        Map.of("volumeGroupSnapshotHandle", "old", "volumeSnapshotHandles", List.of()),
                                        "spec",
                                        "source",
                                        "groupSnapshotHandles"),
                        importing())
                .settle();
        assertThat(world.ready()).isTrue();

        delete(world);
        world.settle();

        assertThat(world.all.driver.backend().groups()).isEmpty();
        assertThat(world.find(Kinds.GROUP_SNAPSHOT, GROUP)).isNull();
    }

    @Test
    void a_secret_and_a_class_that_went_do_not_hold_the_content() {
        GroupWorld world = new GroupWorld()
                .with(
                        groupClass("together")
                                .with(
                                        Map.of(
                                                "csi.storage.k8s.io/group-snapshotter-secret-name",
                                                "s",
                                                "csi.storage.k8s.io/group-snapshotter-secret-namespace",
                                                "ns"),
                                        "parameters"),
                        Objects.secret("ns/s", Map.of("key", "value")),
                        wish())
                .settle();
        world.all.server.remove(Kinds.SECRET, new ObjectKey("ns", "s"));
        world.all.server.remove(Kinds.GROUP_SNAPSHOT_CLASS, ObjectKey.cluster("together"));
        delete(world);
        world.settle();

        assertThat(world.find(Kinds.GROUP_SNAPSHOT, GROUP)).isNull();
        assertThat(world.all.driver.backend().groups()).isEmpty();
    }

    @Test
    void a_content_that_others_hold_does_not_say_any_more_that_its_group_exists() {
        GroupWorld world = taken(OtherHalf.ELSEWHERE);
        world.all.hold(Kinds.GROUP_SNAPSHOT_CONTENT, GROUP_CONTENT, "somebody/else");
        delete(world);
        world.settle();

        assertThat(world.content().at("status", "volumeGroupSnapshotHandle").present())
                .isFalse();
        assertThat(world.content().at("status", "readyToUse").present()).isFalse();
    }

    @Test
    void a_member_that_has_no_content_yet_goes_with_its_group() {
        GroupWorld world = new GroupWorld().with(wish());
        world.all.runGroup();
        world.all.runGroupContent();
        world.all.server.fail(Fault.refused(Verb.CREATE, Kinds.SNAPSHOT_CONTENT, Failure.UNAVAILABLE));
        world.all.runGroup();
        assertThat(world.all.server.objects(Kinds.SNAPSHOT)).hasSize(2);

        delete(world);
        world.settle();

        assertThat(world.all.server.objects(Kinds.SNAPSHOT)).isEmpty();
        assertThat(world.all.driver.backend().groups()).isEmpty();
    }

    @Test
    void a_member_whose_content_it_was_not_told_of_takes_it_along() {
        GroupWorld world = new GroupWorld().with(wish());
        world.all.runGroup();
        world.all.runGroupContent();
        world.all.server.fail(Fault.refused(Verb.PATCH, Kinds.SNAPSHOT_CONTENT, Failure.UNAVAILABLE));
        world.all.runGroup();
        assertThat(world.member("a").at("status").present()).isFalse();
        assertThat(world.find(Kinds.SNAPSHOT_CONTENT, memberContentKey("a"))).isNotNull();

        delete(world);
        world.settle();

        assertThat(world.all.server.objects(Kinds.SNAPSHOT_CONTENT)).isEmpty();
        assertThat(world.all.server.objects(Kinds.SNAPSHOT)).isEmpty();
    }

    @Test
    void a_member_with_the_in_group_finalizer_alone_is_let_go_with_its_group() {
        // Trap 25: snapshot-controller takes a member without as-source for none of its own.
        GroupWorld world = taken(OtherHalf.ELSEWHERE);
        world.all.server.finalizers(Kinds.SNAPSHOT, memberKey("a"), any -> List.of(SnapshotNames.IN_GROUP));
        delete(world);
        world.settle();

        assertThat(world.find(Kinds.SNAPSHOT, memberKey("a"))).isNull();
    }

    private static GroupWorld taken(OtherHalf other) {
        GroupWorld world = new GroupWorld(other).with(wish()).settle();
        assertThat(world.ready()).isTrue();
        return world;
    }

    private static void delete(GroupWorld world) {
        world.all.server.remove(Kinds.GROUP_SNAPSHOT, GROUP);
    }
}
