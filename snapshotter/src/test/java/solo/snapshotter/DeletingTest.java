package solo.snapshotter;

import static org.assertj.core.api.Assertions.assertThat;
import static solo.snapshotter.SnapshotWorld.CLAIM;
import static solo.snapshotter.SnapshotWorld.CONTENT;
import static solo.snapshotter.SnapshotWorld.SNAPSHOT;
import static solo.snapshotter.SnapshotWorld.code;
import static solo.snapshotter.SnapshotWorld.finalizers;
import static solo.snapshotter.SnapshotWorld.imported;
import static solo.snapshotter.SnapshotWorld.importing;
import static solo.snapshotter.SnapshotWorld.snapshotClass;
import static solo.snapshotter.SnapshotWorld.wish;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import solo.csi.Rpcs;
import solo.csi.model.Code;
import solo.kube.Kinds;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.simulation.DriverFault;
import solo.simulation.Objects;
import solo.snapshotter.Snapshotter.OtherHalf;
import solo.snapshotter.model.SnapshotNames;

/** A snapshot goes with its content and with what the driver holds, by the policy, and never too early. */
class DeletingTest {

    @ParameterizedTest
    @EnumSource(OtherHalf.class)
    void a_deleted_snapshot_takes_content_and_storage_with_it(OtherHalf other) {
        SnapshotWorld world = taken(other);

        delete(world);
        world.settle();

        assertThat(world.find(Kinds.SNAPSHOT, SNAPSHOT)).isNull();
        assertThat(world.find(Kinds.SNAPSHOT_CONTENT, CONTENT)).isNull();
        assertThat(world.driver.backend().snapshots()).isEmpty();
        assertThat(finalizers(world.claim())).doesNotContain(SnapshotNames.CLAIM_AS_SOURCE);
    }

    @Test
    void joined_halves_need_three_writes() {
        SnapshotWorld world = taken(OtherHalf.HERE);
        delete(world);
        world.server.requests().reset();

        world.runSnapshot();
        world.runContent();
        world.runSnapshot();

        assertThat(world.find(Kinds.SNAPSHOT, SNAPSHOT)).isNull();
        assertThat(world.server.requests().writes())
                .as(world.server.requests().toString())
                .isEqualTo(3);
    }

    @Test
    void a_driver_half_elsewhere_is_told_by_an_annotation() {
        SnapshotWorld world = taken(OtherHalf.ELSEWHERE);
        delete(world);

        world.runSnapshot();

        assertThat(world.content().at("metadata", "annotations").textMap())
                .containsEntry(SnapshotNames.BEING_DELETED, "yes");
        assertThat(world.content().at("metadata", "deletionTimestamp").present())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(OtherHalf.class)
    void with_policy_retain_the_content_stays_and_may_be_deleted_later_without_a_call(OtherHalf other) {
        SnapshotWorld world = new SnapshotWorld(other)
                .with(snapshotClass("fast").with("Retain", "deletionPolicy"), wish())
                .settle();
        assertThat(finalizers(world.snapshot())).containsExactly(SnapshotNames.AS_SOURCE);

        delete(world);
        world.settle();
        assertThat(world.find(Kinds.SNAPSHOT, SNAPSHOT)).isNull();
        assertThat(world.content().at("metadata", "annotations").textMap())
                .containsEntry(SnapshotNames.BEING_DELETED, "yes");

        world.server.remove(Kinds.SNAPSHOT_CONTENT, CONTENT);
        world.settle();
        assertThat(world.find(Kinds.SNAPSHOT_CONTENT, CONTENT)).isNull();
        assertThat(world.driver.backend().snapshots()).hasSize(1);
    }

    @Test
    void a_snapshot_stays_while_a_claim_is_filled_from_it() {
        SnapshotWorld world =
                taken(OtherHalf.HERE).with(Objects.claim("ns/restored").fromSnapshot("snap"));
        delete(world);

        assertThat(code(world.runSnapshot())).isEqualTo("StillRestored");
        assertThat(world.content().at("metadata", "deletionTimestamp").present())
                .isFalse();

        world.server.remove(Kinds.CLAIM, new ObjectKey("ns", "restored"));
        world.settle();
        assertThat(world.find(Kinds.SNAPSHOT, SNAPSHOT)).isNull();
    }

    @Test
    void a_claim_of_another_namespace_keeps_it_too() {
        // Trap 33: snapshot-controller sees only spec.dataSource in the snapshot's own namespace.
        SnapshotWorld world = taken(OtherHalf.HERE)
                .with(Objects.claim("elsewhere/restored")
                        .with(
                                Map.of(
                                        "apiGroup",
                                        "snapshot.storage.k8s.io",
                                        "kind",
                                        "VolumeSnapshot",
                                        "name",
                                        "snap",
                                        "namespace",
                                        "ns"),
                                "spec",
                                "dataSourceRef"));
        delete(world);

        assertThat(code(world.runSnapshot())).isEqualTo("StillRestored");
    }

    @Test
    void a_content_that_somebody_deletes_stays_as_long_as_its_snapshot() {
        SnapshotWorld world = taken(OtherHalf.HERE);
        world.server.remove(Kinds.SNAPSHOT_CONTENT, CONTENT);

        assertThat(code(world.runContent())).isEqualTo("StillBound");
        assertThat(world.driver.backend().snapshots()).hasSize(1);

        delete(world);
        world.settle();
        assertThat(world.find(Kinds.SNAPSHOT_CONTENT, CONTENT)).isNull();
        assertThat(world.driver.backend().snapshots()).isEmpty();
    }

    @Test
    void a_content_restored_from_a_backup_without_its_snapshot_can_be_deleted() {
        // Trap 11: snapshot-controller never lets it go.
        SnapshotWorld world = taken(OtherHalf.HERE);
        world.server.removeByForce(Kinds.SNAPSHOT, SNAPSHOT);
        assertThat(world.find(Kinds.SNAPSHOT, SNAPSHOT)).isNull();
        world.settle();
        assertThat(world.driver.backend().snapshots())
                .as("a missing snapshot deletes nothing")
                .hasSize(1);

        world.server.remove(Kinds.SNAPSHOT_CONTENT, CONTENT);
        world.settle();

        assertThat(world.find(Kinds.SNAPSHOT_CONTENT, CONTENT)).isNull();
        assertThat(world.driver.backend().snapshots()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(OtherHalf.class)
    void a_content_waits_for_a_definite_answer_before_it_goes(OtherHalf other) {
        SnapshotWorld world = new SnapshotWorld(other).with(wish());
        world.runSnapshot();
        world.driver.calls().plan(Rpcs.CREATE_SNAPSHOT, DriverFault.timeoutAfterSuccess());
        world.runContent();
        assertThat(world.driver.backend().snapshots()).as("nobody knows of it").hasSize(1);
        delete(world);
        world.runSnapshot();

        world.settle();

        assertThat(world.find(Kinds.SNAPSHOT_CONTENT, CONTENT)).isNull();
        assertThat(world.driver.backend().snapshots()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(OtherHalf.class)
    void a_class_that_went_meanwhile_does_not_hold_the_content(OtherHalf other) {
        // Trap 10: csi-snapshotter cannot ask again without the class, and never deletes.
        SnapshotWorld world = new SnapshotWorld(other).with(wish());
        world.runSnapshot();
        world.driver.calls().plan(Rpcs.CREATE_SNAPSHOT, DriverFault.timeoutAfterSuccess());
        world.runContent();
        world.server.remove(Kinds.SNAPSHOT_CLASS, ObjectKey.cluster("fast"));
        delete(world);

        world.settle();

        assertThat(world.find(Kinds.SNAPSHOT, SNAPSHOT)).isNull();
        assertThat(world.driver.backend().snapshots()).isEmpty();
    }

    @Test
    void a_secret_that_went_does_not_hold_the_content() {
        // Trap 12: csi-snapshotter retries for ever. The driver says whether it needs it.
        SnapshotWorld world = new SnapshotWorld(OtherHalf.HERE)
                .with(
                        snapshotClass("fast")
                                .with(
                                        Map.of(
                                                "csi.storage.k8s.io/snapshotter-secret-name",
                                                "s",
                                                "csi.storage.k8s.io/snapshotter-secret-namespace",
                                                "ns"),
                                        "parameters"),
                        Objects.secret("ns/s", Map.of("key", "value")),
                        wish())
                .settle();
        world.server.remove(Kinds.SECRET, new ObjectKey("ns", "s"));

        delete(world);
        world.settle();

        assertThat(world.driver.calls().made(Rpcs.DELETE_SNAPSHOT).getFirst().getSecretsMap())
                .isEmpty();
        assertThat(world.find(Kinds.SNAPSHOT, SNAPSHOT)).isNull();
    }

    @Test
    void a_driver_that_does_not_delete_is_asked_again_and_an_event_tells() {
        SnapshotWorld world = taken(OtherHalf.HERE);
        world.driver.calls().plan(Rpcs.DELETE_SNAPSHOT, DriverFault.refused(Code.INTERNAL));
        delete(world);
        world.runSnapshot();

        Outcome outcome = world.runContent();

        assertThat(outcome).isInstanceOf(Outcome.Waiting.class);
        Outcome.Waiting waiting = (Outcome.Waiting) outcome;
        assertThat(waiting.about()).isNotNull();
        assertThat(waiting.reason().event()).extracting("reason").isEqualTo("SnapshotDeleteError");
        assertThat(finalizers(world.content())).contains(SnapshotNames.CONTENT_BOUND);
        assertThat(world.runContent()).isEqualTo(Outcome.done());
    }

    @Test
    void a_content_that_others_hold_does_not_say_any_more_that_its_snapshot_exists() {
        SnapshotWorld world = taken(OtherHalf.HERE);
        world.hold(Kinds.SNAPSHOT_CONTENT, CONTENT, "others.io/hold");
        delete(world);
        world.runSnapshot();

        world.runContent();

        assertThat(world.content().at("status", "snapshotHandle").present()).isFalse();
        assertThat(world.content().at("status", "readyToUse").present()).isFalse();
        assertThat(finalizers(world.content())).containsExactly("others.io/hold");
    }

    @Test
    void a_snapshot_deleted_before_its_name_was_saved_still_finds_its_content() {
        SnapshotWorld world = new SnapshotWorld(OtherHalf.HERE).with(wish());
        world.runSnapshot();
        world.runContent();
        assertThat(world.snapshot().at("status").present()).isFalse();

        delete(world);
        world.settle();

        assertThat(world.find(Kinds.SNAPSHOT_CONTENT, CONTENT)).isNull();
        assertThat(world.driver.backend().snapshots()).isEmpty();
    }

    @Test
    void an_imported_content_with_policy_delete_takes_the_storage_with_it() {
        SnapshotWorld world = new SnapshotWorld(OtherHalf.ELSEWHERE);
        world.driver.backend().putSnapshot("handle", "a-volume-of-old", 1L << 30);
        world.with(imported(), importing()).settle();

        delete(world);
        world.settle();

        assertThat(world.find(Kinds.SNAPSHOT_CONTENT, ObjectKey.cluster("imported")))
                .isNull();
        assertThat(world.driver.backend().snapshots()).isEmpty();
    }

    @Test
    void an_imported_content_that_was_never_bound_goes_at_once() {
        SnapshotWorld world = new SnapshotWorld(OtherHalf.ELSEWHERE);
        world.driver.backend().putSnapshot("handle", "a-volume-of-old", 1L << 30);
        world.with(imported().finalizer(SnapshotNames.CONTENT_BOUND)).settle();

        world.server.remove(Kinds.SNAPSHOT_CONTENT, ObjectKey.cluster("imported"));
        world.settle();

        assertThat(world.find(Kinds.SNAPSHOT_CONTENT, ObjectKey.cluster("imported")))
                .isNull();
        assertThat(world.driver.backend().snapshots()).isEmpty();
    }

    @Test
    void a_claim_is_held_until_the_last_of_its_snapshots_is_ready() {
        SnapshotWorld world = new SnapshotWorld(OtherHalf.HERE).with(wish());
        world.driver.backend().snapshotting(Duration.ofHours(1));
        world.runSnapshot();
        world.with(Objects.of(Kinds.SNAPSHOT, "ns/other")
                .with("data", "spec", "source", "persistentVolumeClaimName")
                .with("gone", "spec", "volumeSnapshotClassName"));
        world.clock.advance(Duration.ofHours(2));
        world.settle();
        assertThat(world.snapshot().at("status", "readyToUse").flag(false)).isTrue();
        assertThat(finalizers(world.claim())).contains(SnapshotNames.CLAIM_AS_SOURCE);

        world.server.remove(Kinds.SNAPSHOT, new ObjectKey("ns", "other"));
        world.settle();

        assertThat(finalizers(world.server.object(Kinds.CLAIM, CLAIM))).doesNotContain(SnapshotNames.CLAIM_AS_SOURCE);
    }

    private static SnapshotWorld taken(OtherHalf other) {
        SnapshotWorld world = new SnapshotWorld(other).with(wish()).settle();
        assertThat(world.snapshot().at("status", "readyToUse").flag(false)).isTrue();
        return world;
    }

    private static void delete(SnapshotWorld world) {
        world.server.remove(Kinds.SNAPSHOT, SNAPSHOT);
    }
}
