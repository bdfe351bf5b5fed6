package solo.snapshotter;

import static org.assertj.core.api.Assertions.assertThat;
import static solo.snapshotter.GroupWorld.imported;
import static solo.snapshotter.GroupWorld.importing;
import static solo.snapshotter.SnapshotWorld.GROUP;
import static solo.snapshotter.SnapshotWorld.code;
import static solo.snapshotter.SnapshotWorld.finalizers;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import solo.csi.Rpcs;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.simulation.ModelDriver;
import solo.simulation.Objects;
import solo.snapshotter.model.GroupNames;

/** A group that the storage has already is bound, looked up, and told to the snapshots that were imported with it. */
class GroupImportingTest {
    private static final ObjectKey CONTENT = ObjectKey.cluster("imported");
    private static final ObjectKey MEMBER = new ObjectKey("ns", "of-x");

    private final GroupWorld world = new GroupWorld();

    GroupImportingTest() {
        world.all.driver.backend().putGroup("old", "x", "y");
    }

    @Test
    void group_and_content_that_name_each_other_are_bound_in_one_write_with_the_finalizer() {
        world.with(imported(), importing());

        world.all.runGroup();

        assertThat(content().at("spec", "volumeGroupSnapshotRef", "uid").text()).isEqualTo(SnapshotWorld.GROUP_UID);
        assertThat(finalizers(content())).containsExactly(GroupNames.CONTENT_BOUND);
        assertThat(finalizers(world.group())).containsExactly(GroupNames.BOUND);
    }

    @Test
    void it_is_looked_up_with_its_members_and_becomes_ready_without_making_any() {
        world.with(imported(), importing()).settle();

        var request =
                world.all.driver.calls().made(Rpcs.GET_VOLUME_GROUP_SNAPSHOT).getFirst();
        assertThat(request.getGroupSnapshotId()).isEqualTo("old");
        assertThat(request.getSnapshotIdsList()).containsExactly("old-x", "old-y");
        assertThat(world.all.driver.calls().made(Rpcs.CREATE_VOLUME_GROUP_SNAPSHOT))
                .isEmpty();
        assertThat(world.ready()).isTrue();
        assertThat(content().at("status", "volumeSnapshotInfoList").present()).isFalse();
        assertThat(world.all.server.objects(Kinds.SNAPSHOT)).isEmpty();
    }

    @Test
    void the_secret_for_looking_it_up_is_that_of_its_class() {
        world.with(
                        GroupWorld.groupClass("together")
                                .with(
                                        Map.of(
                                                "csi.storage.k8s.io/group-snapshotter-get-secret-name",
                                                "s-${volumegroupsnapshotcontent.name}",
                                                "csi.storage.k8s.io/group-snapshotter-get-secret-namespace",
                                                "ns"),
                                        "parameters"),
                        Objects.secret("ns/s-imported", Map.of("key", "value")),
                        imported().with("together", "spec", "volumeGroupSnapshotClassName"),
                        importing())
                .settle();

        assertThat(world.all
                        .driver
                        .calls()
                        .made(Rpcs.GET_VOLUME_GROUP_SNAPSHOT)
                        .getFirst()
                        .getSecretsMap())
                .containsExactly(Map.entry("key", "value"));
    }

    @Test
    void a_group_that_names_a_content_that_is_not_there_waits() {
        world.with(importing());

        assertThat(code(world.all.runGroup())).isEqualTo("ContentMissing");
        assertThat(world.all.error(world.group())).isEqualTo("VolumeGroupSnapshotContent is missing");
    }

    @Test
    void a_content_that_is_to_be_taken_is_not_imported() {
        world.with(
                imported()
                        .without("spec", "source", "groupSnapshotHandles")
                        .with(List.of("vol-a"), "spec", "source", "volumeHandles"),
                importing());

        assertThat(code(world.all.runGroup())).isEqualTo("ContentMismatch");
    }

    @Test
    void a_content_of_another_group_is_not_taken_over() {
        world.with(imported().with("another-uid", "spec", "volumeGroupSnapshotRef", "uid"), importing());

        assertThat(code(world.all.runGroup())).isEqualTo("ContentMisbound");
        assertThat(world.all.error(world.group()))
                .isEqualTo("VolumeGroupSnapshotContent [imported] is bound to a different group snapshot");
    }

    @Test
    void a_snapshot_imported_with_the_group_learns_its_name_and_becomes_its_own() {
        world.with(imported(), importing(), memberContent(), member()).settle();

        Json member = world.all.server.object(Kinds.SNAPSHOT, MEMBER);
        assertThat(member.at("status", "volumeGroupSnapshotName").text()).isEqualTo("group");
        assertThat(member.at("metadata", "ownerReferences").items().getFirst().textMap())
                .containsEntry("name", "group")
                .containsEntry("uid", SnapshotWorld.GROUP_UID);
    }

    @Test
    void a_snapshot_whose_group_nobody_imported_becomes_ready_all_the_same() {
        // Trap 5: snapshot-controller waits for a VolumeGroupSnapshotContent with that handle for ever.
        world.with(memberContent(), member()).settle();

        Json member = world.all.server.object(Kinds.SNAPSHOT, MEMBER);
        assertThat(member.at("status", "readyToUse").flag(false)).isTrue();
        assertThat(member.at("status", "volumeGroupSnapshotName").present()).isFalse();

        world.with(imported(), importing()).settle();
        member = world.all.server.object(Kinds.SNAPSHOT, MEMBER);
        assertThat(member.at("status", "volumeGroupSnapshotName").text()).isEqualTo("group");
    }

    @Test
    void an_imported_group_goes_with_the_snapshots_that_became_its_own() {
        world.with(imported(), importing(), memberContent(), member()).settle();
        world.all.server.remove(Kinds.GROUP_SNAPSHOT, GROUP);
        world.settle();

        assertThat(world.all.server.objects(Kinds.SNAPSHOT)).isEmpty();
        assertThat(world.all.driver.backend().groups()).isEmpty();
        assertThat(world.all
                        .driver
                        .calls()
                        .made(Rpcs.DELETE_VOLUME_GROUP_SNAPSHOT)
                        .getFirst()
                        .getSnapshotIdsList())
                .containsExactly("old-x", "old-y");
    }

    @Test
    void a_content_that_was_never_bound_goes_at_once() {
        world.with(imported().finalizer(GroupNames.CONTENT_BOUND));
        world.all.server.remove(Kinds.GROUP_SNAPSHOT_CONTENT, CONTENT);

        world.all.runGroupContent(CONTENT);

        assertThat(world.find(Kinds.GROUP_SNAPSHOT_CONTENT, CONTENT)).isNull();
    }

    private Json content() {
        return world.all.server.object(Kinds.GROUP_SNAPSHOT_CONTENT, CONTENT);
    }

    private static Objects.Plain memberContent() {
        return Objects.of(Kinds.SNAPSHOT_CONTENT, "content-x")
                .with(ModelDriver.NAME, "spec", "driver")
                .with("Delete", "spec", "deletionPolicy")
                .with("old-x", "spec", "source", "snapshotHandle")
                .with(Map.of("namespace", "ns", "name", "of-x"), "spec", "volumeSnapshotRef");
    }

    private static Objects.Plain member() {
        return Objects.of(Kinds.SNAPSHOT, "ns/of-x")
                .uid("uid-of-x")
                .with("content-x", "spec", "source", "volumeSnapshotContentName");
    }
}
