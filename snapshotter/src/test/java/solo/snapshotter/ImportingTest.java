package solo.snapshotter;

import static org.assertj.core.api.Assertions.assertThat;
import static solo.snapshotter.SnapshotWorld.code;
import static solo.snapshotter.SnapshotWorld.finalizers;
import static solo.snapshotter.SnapshotWorld.imported;
import static solo.snapshotter.SnapshotWorld.importing;
import static solo.snapshotter.SnapshotWorld.snapshotClass;
import static solo.snapshotter.SnapshotWorld.wish;

import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import solo.csi.Rpcs;
import solo.csi.model.ControllerCapability;
import solo.kube.Kinds;
import solo.kube.model.EventNote;
import solo.kube.model.Json;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.simulation.Objects;
import solo.snapshotter.Snapshotter.OtherHalf;
import solo.snapshotter.model.SnapshotNames;
import solo.snapshotter.model.SnapshotSettings.Distribution;
import solo.snapshotter.model.SnapshottingDriver.Metadata;

/** A snapshot that the storage has already is brought in by a content that somebody makes. */
class ImportingTest {
    private static final ObjectKey IMPORTED = ObjectKey.cluster("imported");

    private final SnapshotWorld world = new SnapshotWorld();

    ImportingTest() {
        world.driver.backend().putSnapshot("handle", "a-volume-of-old", 1L << 30);
    }

    @Test
    void snapshot_and_content_that_name_each_other_are_bound_in_one_write_with_the_finalizer() {
        world.with(imported(), importing());
        world.server.requests().reset();

        world.runSnapshot();

        Json content = content();
        assertThat(content.at("spec", "volumeSnapshotRef", "uid").text()).isEqualTo(SnapshotWorld.UID);
        assertThat(finalizers(content)).containsExactly(SnapshotNames.CONTENT_BOUND);
    }

    @Test
    void it_is_looked_up_by_its_handle_and_becomes_ready() {
        world.with(imported(), importing()).settle();

        assertThat(world.driver.calls().made(Rpcs.CREATE_SNAPSHOT)).isEmpty();
        assertThat(world.driver.calls().made(Rpcs.LIST_SNAPSHOTS).getFirst().getSnapshotId())
                .isEqualTo("handle");
        assertThat(world.snapshot().at("status", "readyToUse").flag(false)).isTrue();
        assertThat(world.snapshot().at("status", "restoreSize").text()).isEqualTo("1Gi");
    }

    @Test
    void a_content_becomes_ready_before_anybody_asks_for_it() {
        world.with(imported());

        assertThat(world.runContent(IMPORTED)).isEqualTo(Outcome.done());

        assertThat(content().at("status", "readyToUse").flag(false)).isTrue();
        assertThat(finalizers(content())).isEmpty();
    }

    @Test
    void a_class_of_the_snapshot_becomes_the_contents_too() {
        world.with(imported(), importing().with("fast", "spec", "volumeSnapshotClassName"))
                .runSnapshot();

        assertThat(content().at("spec", "volumeSnapshotClassName").text()).isEqualTo("fast");
    }

    @Test
    void a_handle_that_the_driver_does_not_know_is_told() {
        world.with(imported().with("other", "spec", "source", "snapshotHandle"));

        assertThat(code(world.runContent(IMPORTED))).isEqualTo("HandleUnknown");
        assertThat(world.error(content()))
                .isEqualTo("Failed to check and update snapshot content: can not find snapshot for snapshotID other");
    }

    @Test
    void a_driver_that_cannot_list_is_believed() {
        SnapshotWorld blind = new SnapshotWorld(
                OtherHalf.ELSEWHERE,
                EnumSet.of(ControllerCapability.CREATE_DELETE_SNAPSHOT),
                Metadata.LEFT_OUT,
                Distribution.CENTRAL);
        blind.with(imported(), importing()).settle();

        assertThat(blind.snapshot().at("status", "readyToUse").flag(false)).isTrue();
        assertThat(blind.driver.calls().made(Rpcs.LIST_SNAPSHOTS)).isEmpty();
    }

    @Test
    void the_list_secret_of_the_class_goes_with_the_look_up() {
        world.with(
                        snapshotClass("fast")
                                .with(
                                        Map.of(
                                                "csi.storage.k8s.io/snapshotter-list-secret-name",
                                                "s",
                                                "csi.storage.k8s.io/snapshotter-list-secret-namespace",
                                                "ns"),
                                        "parameters"),
                        Objects.secret("ns/s", Map.of("key", "value")),
                        imported().with("fast", "spec", "volumeSnapshotClassName"))
                .runContent(IMPORTED);

        assertThat(world.driver.calls().made(Rpcs.LIST_SNAPSHOTS).getFirst().getSecretsMap())
                .containsEntry("key", "value");
    }

    @Test
    void a_content_that_is_missing_is_told() {
        assertThat(code(world.with(importing()).runSnapshot())).isEqualTo("ContentMissing");
        assertThat(world.error(world.snapshot())).isEqualTo("VolumeSnapshotContent is missing");
    }

    @Test
    void a_content_of_another_snapshot_is_left_alone() {
        world.with(
                imported()
                        .with(Map.of("namespace", "ns", "name", "snap", "uid", "another"), "spec", "volumeSnapshotRef"),
                importing());

        assertThat(code(world.runSnapshot())).isEqualTo("ContentMisbound");
        assertThat(world.error(world.snapshot()))
                .isEqualTo("VolumeSnapshotContent [imported] is bound to a different snapshot");
    }

    @Test
    void a_content_that_is_to_be_taken_cannot_be_imported() {
        world.with(imported().without("spec", "source").with("vol", "spec", "source", "volumeHandle"), importing());

        assertThat(code(world.runSnapshot())).isEqualTo("ContentMismatch");
    }

    @Test
    void an_imported_content_under_the_name_of_one_to_be_taken_is_not_used() {
        world.with(wish(), imported(SnapshotWorld.CONTENT.name()));

        assertThat(code(world.runSnapshot())).isEqualTo("ContentMismatch");
    }

    @Test
    void a_content_to_be_taken_that_names_a_snapshot_of_the_storage_already_is_not_used() {
        // CEL refuses two sources; a cluster whose CRDs have no CEL may hold such a content.
        world.with(
                wish(),
                imported(SnapshotWorld.CONTENT.name())
                        .with("vol", "spec", "source", "volumeHandle")
                        .with(SnapshotWorld.UID, "spec", "volumeSnapshotRef", "uid"));

        Outcome outcome = world.runSnapshot();

        assertThat(((Outcome.Waiting) outcome).reason().event())
                .isNotNull()
                .extracting(EventNote::reason)
                .isEqualTo("SnapshotHandleSet");
        assertThat(world.snapshot()
                        .at("status", "boundVolumeSnapshotContentName")
                        .present())
                .isFalse();
    }

    private Json content() {
        return world.server.object(Kinds.SNAPSHOT_CONTENT, IMPORTED);
    }
}
