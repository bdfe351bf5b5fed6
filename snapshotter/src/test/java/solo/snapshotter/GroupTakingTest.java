package solo.snapshotter;

import static org.assertj.core.api.Assertions.assertThat;
import static solo.snapshotter.GroupWorld.groupClass;
import static solo.snapshotter.GroupWorld.memberContentKey;
import static solo.snapshotter.GroupWorld.memberKey;
import static solo.snapshotter.GroupWorld.wish;
import static solo.snapshotter.SnapshotWorld.GROUP_CONTENT;
import static solo.snapshotter.SnapshotWorld.code;
import static solo.snapshotter.SnapshotWorld.finalizers;

import csi.v1.CreateVolumeGroupSnapshotRequest;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import solo.csi.Rpcs;
import solo.csi.model.Code;
import solo.csi.model.ControllerCapability;
import solo.kube.ApiException.Failure;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.simulation.DriverFault;
import solo.simulation.Fault;
import solo.simulation.ModelDriver;
import solo.simulation.ModelSnapshot;
import solo.simulation.Objects;
import solo.simulation.Verb;
import solo.snapshotter.Snapshotter.OtherHalf;
import solo.snapshotter.model.GroupNames;
import solo.snapshotter.model.SnapshotNames;
import solo.snapshotter.model.SnapshotSettings.Distribution;
import solo.snapshotter.model.SnapshottingDriver.Metadata;

/** A VolumeGroupSnapshot gets its content, the content its group, and the group its members. */
class GroupTakingTest {
    private final GroupWorld world = new GroupWorld();

    @Test
    void the_content_is_named_after_the_groups_uid_and_has_the_volumes_that_the_labels_mean() {
        world.with(wish()).all.runGroup();

        Json content = world.content();
        assertThat(finalizers(content)).containsExactly(GroupNames.CONTENT_BOUND);
        assertThat(content.at("spec", "source", "volumeHandles").texts()).containsExactly("vol-a", "vol-b");
        assertThat(content.at("spec", "driver").text()).isEqualTo(ModelDriver.NAME);
        assertThat(content.at("spec", "deletionPolicy").text()).isEqualTo("Delete");
        assertThat(content.at("spec", "volumeGroupSnapshotClassName").text()).isEqualTo("together");
        assertThat(content.at("spec", "volumeGroupSnapshotRef").textMap())
                .containsEntry("uid", SnapshotWorld.GROUP_UID)
                .containsEntry("kind", "VolumeGroupSnapshot")
                .containsEntry("apiVersion", "groupsnapshot.storage.k8s.io/v1");
        assertThat(world.group()
                        .at("status", "boundVolumeGroupSnapshotContentName")
                        .text())
                .isEqualTo(GROUP_CONTENT.name());
        assertThat(world.all.events.reasons()).containsExactly("CreatingGroupSnapshot");
    }

    @Test
    void the_finalizer_of_the_group_comes_before_its_content() {
        world.with(wish());
        world.all.server.fail(Fault.refused(Verb.PATCH, Kinds.GROUP_SNAPSHOT, Failure.UNAVAILABLE));

        world.all.runGroup();

        assertThat(world.find(Kinds.GROUP_SNAPSHOT_CONTENT, GROUP_CONTENT)).isNull();
    }

    @ParameterizedTest
    @EnumSource(OtherHalf.class)
    void each_volume_gets_a_snapshot_and_a_content_of_the_group(OtherHalf other) {
        GroupWorld world = new GroupWorld(other).with(wish()).settle();

        String handle =
                world.content().at("status", "volumeGroupSnapshotHandle").text("");
        for (String claim : List.of("a", "b")) {
            Json member = world.member(claim);
            assertThat(member.at("spec", "source", "persistentVolumeClaimName").text())
                    .isEqualTo(claim);
            assertThat(member.at("metadata", "ownerReferences")
                            .items()
                            .getFirst()
                            .textMap())
                    .containsEntry("kind", "VolumeGroupSnapshot")
                    .containsEntry("apiVersion", "groupsnapshot.storage.k8s.io/v1")
                    .containsEntry("uid", SnapshotWorld.GROUP_UID);
            assertThat(member.at("status", "volumeGroupSnapshotName").text()).isEqualTo("group");
            assertThat(member.at("status", "readyToUse").flag(false)).isTrue();
            assertThat(member.at("status", "restoreSize").text()).isEqualTo("1Gi");
            Json content = world.memberContent(claim);
            assertThat(content.at("spec", "volumeSnapshotRef", "uid").text())
                    .isEqualTo(member.at("metadata", "uid").text());
            assertThat(content.at("spec", "sourceVolumeMode").text()).isEqualTo("Filesystem");
            assertThat(content.at("status", "volumeGroupSnapshotHandle").text()).isEqualTo(handle);
            assertThat(content.at("metadata", "annotations").textMap())
                    .containsEntry(SnapshotNames.IN_GROUP_CONTENT, handle);
            assertThat(world.all
                            .driver
                            .backend()
                            .snapshots()
                            .get(content.at("status", "snapshotHandle").text("")))
                    .isNotNull()
                    .extracting(ModelSnapshot::group)
                    .isEqualTo(handle);
        }
        assertThat(world.find(Kinds.SNAPSHOT, memberKey("c"))).isNull();
        assertThat(world.all.driver.calls().made(Rpcs.CREATE_SNAPSHOT)).isEmpty();
        assertThat(world.ready()).isTrue();
        assertThat(world.all.events.reasons())
                .containsSubsequence("CreatingGroupSnapshot", "GroupSnapshotCreated", "GroupSnapshotReady");
    }

    @Test
    void members_are_born_with_all_that_their_deletion_needs() {
        world.with(wish());
        world.all.runGroup();
        world.all.runGroupContent();
        world.all.runGroup();

        assertThat(finalizers(world.member("a")))
                .containsExactly(SnapshotNames.IN_GROUP, SnapshotNames.AS_SOURCE, SnapshotNames.BOUND);
        assertThat(finalizers(world.memberContent("a"))).containsExactly(SnapshotNames.CONTENT_BOUND);
    }

    @Test
    void the_group_is_ready_only_when_all_its_members_are_there() {
        world.with(wish());
        world.all.runGroup();
        world.all.runGroupContent();
        assertThat(world.content().at("status", "readyToUse").flag(false)).isTrue();
        world.all.server.fail(Fault.refused(Verb.CREATE, Kinds.SNAPSHOT_CONTENT, Failure.UNAVAILABLE));

        world.all.runGroup();
        assertThat(world.ready()).isFalse();
        world.all.runGroup();
        assertThat(world.ready()).isTrue();
    }

    @Test
    void the_content_of_a_member_waits_for_its_group_and_is_never_taken_alone() {
        world.with(wish());
        world.all.runGroup();
        world.all.runGroupContent();
        world.all.server.fail(Fault.refused(Verb.PATCH, Kinds.SNAPSHOT_CONTENT, Failure.UNAVAILABLE));
        world.all.runGroup();
        assertThat(world.memberContent("a").at("status").present()).isFalse();

        assertThat(code(world.all.runContent(memberContentKey("a")))).isEqualTo("GroupNotTaken");
        assertThat(world.all.driver.calls().made(Rpcs.CREATE_SNAPSHOT)).isEmpty();
    }

    @Test
    void the_driver_is_asked_with_the_name_of_the_group_and_the_classes_parameters() {
        world.with(
                        groupClass("together")
                                .with(
                                        Map.of(
                                                "tier",
                                                "gold",
                                                "csi.storage.k8s.io/group-snapshotter-secret-name",
                                                "s",
                                                "csi.storage.k8s.io/group-snapshotter-secret-namespace",
                                                "${volumegroupsnapshot.namespace}"),
                                        "parameters"),
                        Objects.secret("ns/s", Map.of("key", "value")),
                        wish())
                .settle();

        CreateVolumeGroupSnapshotRequest request = requests().getFirst();
        assertThat(request.getName()).isEqualTo("groupsnapshot-" + SnapshotWorld.GROUP_UID);
        assertThat(request.getSourceVolumeIdsList()).containsExactly("vol-a", "vol-b");
        assertThat(request.getParametersMap()).containsExactly(Map.entry("tier", "gold"));
        assertThat(request.getSecretsMap()).containsExactly(Map.entry("key", "value"));
        assertThat(world.content().at("metadata", "annotations").textMap())
                .containsEntry(GroupNames.SECRET_NAME, "s")
                .containsEntry(GroupNames.SECRET_NAMESPACE, "ns");
    }

    @Test
    void with_extra_create_metadata_the_driver_learns_the_names_of_the_objects() {
        GroupWorld named = new GroupWorld(Metadata.GIVEN, Distribution.CENTRAL)
                .with(wish())
                .settle();

        assertThat(named.all
                        .driver
                        .calls()
                        .made(Rpcs.CREATE_VOLUME_GROUP_SNAPSHOT)
                        .getFirst()
                        .getParametersMap())
                .containsEntry("csi.storage.k8s.io/volumegroupsnapshot/name", "group")
                .containsEntry("csi.storage.k8s.io/volumegroupsnapshot/namespace", "ns")
                .containsEntry("csi.storage.k8s.io/volumegroupsnapshotcontent/name", GROUP_CONTENT.name());
    }

    @Test
    void a_group_that_is_not_ready_is_asked_for_again_until_it_is() {
        world.all.driver.backend().snapshotting(Duration.ofSeconds(30));
        world.with(wish());
        world.all.runGroup();
        assertThat(code(world.all.runGroupContent())).isEqualTo("NotReady");
        world.all.runGroup();
        assertThat(world.ready()).isFalse();
        assertThat(world.memberContent("a").at("status", "readyToUse").flag(true))
                .isFalse();

        world.all.clock.advance(Duration.ofMinutes(1));
        world.settle();

        assertThat(world.ready()).isTrue();
        assertThat(world.member("a").at("status", "readyToUse").flag(false)).isTrue();
        assertThat(requests()).hasSizeGreaterThan(1);
        assertThat(world.all.driver.backend().groups()).hasSize(1);
    }

    @Test
    void members_of_a_driver_that_cannot_list_are_not_believed_to_be_ready_before_their_group_is() {
        GroupWorld listless = new GroupWorld(new SnapshotWorld(
                OtherHalf.ELSEWHERE,
                EnumSet.of(ControllerCapability.CREATE_DELETE_SNAPSHOT),
                Metadata.LEFT_OUT,
                Distribution.CENTRAL));
        listless.all.driver.backend().snapshotting(Duration.ofSeconds(30));
        listless.with(wish());
        listless.all.runGroup();
        listless.all.runGroupContent();
        listless.all.runGroup();

        assertThat(code(listless.all.runContent(memberContentKey("a")))).isEqualTo("NotReady");
        assertThat(listless.memberContent("a").at("status", "readyToUse").flag(true))
                .isFalse();
        listless.all.clock.advance(Duration.ofMinutes(1));
        listless.settle();
        assertThat(listless.member("a").at("status", "readyToUse").flag(false)).isTrue();
    }

    @Test
    void a_content_is_marked_before_the_driver_is_called_and_stays_so_until_a_definite_answer() {
        world.with(wish());
        world.all.runGroup();
        world.all.driver.calls().plan(Rpcs.CREATE_VOLUME_GROUP_SNAPSHOT, DriverFault.refused(Code.DEADLINE_EXCEEDED));

        world.all.runGroupContent();
        assertThat(beingCreated()).isTrue();
        world.all.driver.calls().plan(Rpcs.CREATE_VOLUME_GROUP_SNAPSHOT, DriverFault.refused(Code.INTERNAL));
        world.all.runGroupContent();
        assertThat(beingCreated()).isFalse();
    }

    @Test
    void a_refusal_is_shown_on_content_and_group_and_goes_with_the_first_good_answer() {
        world.with(wish());
        world.all.runGroup();
        world.all.driver.calls().plan(Rpcs.CREATE_VOLUME_GROUP_SNAPSHOT, DriverFault.refused(Code.INTERNAL));

        var outcome = world.all.runGroupContent();
        world.all.runGroup();

        String error = "Failed to create group snapshot: failed to take group snapshot of the volumes [vol-a vol-b]:"
                + " \"rpc error: code = Internal desc = simulated: refused\"";
        assertThat(code(outcome)).isEqualTo("DriverRefused");
        assertThat(world.all.error(world.content())).isEqualTo(error);
        assertThat(world.all.error(world.group())).isEqualTo(error);
        world.settle();
        assertThat(world.group().at("status", "error").present()).isFalse();
        assertThat(world.ready()).isTrue();
    }

    @Test
    void a_driver_that_took_other_volumes_is_told_and_the_group_never_ready() {
        world.with(wish());
        world.all.runGroup();
        world.all.driver.calls().plan(Rpcs.CREATE_VOLUME_GROUP_SNAPSHOT, new DriverFault.Altered("one less", answer -> {
            var changed = ((csi.v1.CreateVolumeGroupSnapshotResponse) answer).toBuilder();
            changed.getGroupSnapshotBuilder().removeSnapshots(0);
            return changed.build();
        }));

        assertThat(code(world.all.runGroupContent())).isEqualTo("MembersDiffer");
        assertThat(world.content().at("status", "readyToUse").flag(true)).isFalse();
        assertThat(world.all.error(world.content())).contains("of the volumes [vol-b], asked for were [vol-a vol-b]");
    }

    @Test
    void the_one_default_class_of_the_first_volumes_driver_is_taken_and_written_down() {
        world.with(
                groupClass("together").annotation("groupsnapshot.storage.kubernetes.io/is-default-class", "true"),
                groupClass("other")
                        .with("other.csi", "driver")
                        .annotation("groupsnapshot.storage.kubernetes.io/is-default-class", "true"),
                wish().without("spec", "volumeGroupSnapshotClassName"));

        world.all.runGroup();

        assertThat(world.group().at("spec", "volumeGroupSnapshotClassName").text())
                .isEqualTo("together");
        assertThat(world.content().at("spec", "volumeGroupSnapshotClassName").text())
                .isEqualTo("together");
    }

    @Test
    void a_lost_content_is_told_and_never_replaced_by_a_new_group() {
        world.with(wish()).settle();
        world.all.server.removeByForce(Kinds.GROUP_SNAPSHOT_CONTENT, GROUP_CONTENT);

        assertThat(code(world.all.runGroup())).isEqualTo("ContentMissing");
        assertThat(world.ready()).isFalse();
        assertThat(world.group()
                        .at("status", "boundVolumeGroupSnapshotContentName")
                        .text())
                .isEqualTo(GROUP_CONTENT.name());
        assertThat(world.all.driver.backend().groups()).hasSize(1);
    }

    @Test
    void a_content_that_another_process_made_a_moment_ago_is_read_and_used() {
        world.with(wish());
        world.all.server.fail(Fault.answerLost(Verb.CREATE, Kinds.GROUP_SNAPSHOT_CONTENT));
        world.all.cluster.lag();

        world.all.runGroup();
        world.all.runGroup();

        assertThat(world.group()
                        .at("status", "boundVolumeGroupSnapshotContentName")
                        .text())
                .isEqualTo(GROUP_CONTENT.name());
    }

    @Test
    void a_member_that_was_lost_before_the_group_is_ready_is_made_anew_with_the_same_snapshot() {
        world.all.driver.backend().snapshotting(Duration.ofSeconds(30));
        world.with(wish());
        world.all.runGroup();
        world.all.runGroupContent();
        world.all.runGroup();
        String before = world.memberContent("a").at("status", "snapshotHandle").text("");
        world.all.server.removeByForce(Kinds.SNAPSHOT, memberKey("a"));

        world.all.clock.advance(Duration.ofMinutes(1));
        world.settle();

        assertThat(world.ready()).isTrue();
        assertThat(world.member("a").at("status", "readyToUse").flag(false)).isTrue();
        assertThat(world.memberContent("a").at("status", "snapshotHandle").text())
                .isEqualTo(before);
    }

    private List<CreateVolumeGroupSnapshotRequest> requests() {
        return world.all.driver.calls().made(Rpcs.CREATE_VOLUME_GROUP_SNAPSHOT);
    }

    private boolean beingCreated() {
        return world.content().at("metadata", "annotations").textMap().containsKey(GroupNames.BEING_CREATED);
    }
}
