package solo.snapshotter;

import static org.assertj.core.api.Assertions.assertThat;
import static solo.snapshotter.SnapshotWorld.CONTENT;
import static solo.snapshotter.SnapshotWorld.SNAPSHOT;
import static solo.snapshotter.SnapshotWorld.code;
import static solo.snapshotter.SnapshotWorld.finalizers;
import static solo.snapshotter.SnapshotWorld.on;
import static solo.snapshotter.SnapshotWorld.snapshotClass;
import static solo.snapshotter.SnapshotWorld.wish;

import csi.v1.CreateSnapshotRequest;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import solo.csi.Rpcs;
import solo.csi.model.Code;
import solo.csi.model.ControllerCapability;
import solo.kube.ApiException.Failure;
import solo.kube.Kinds;
import solo.kube.model.Json;
import solo.kube.model.Outcome;
import solo.simulation.Fault;
import solo.simulation.ModelDriver;
import solo.simulation.Objects;
import solo.simulation.Verb;
import solo.snapshotter.Snapshotter.OtherHalf;
import solo.snapshotter.model.SnapshotNames;
import solo.snapshotter.model.SnapshotSettings.Distribution;
import solo.snapshotter.model.SnapshottingDriver.Metadata;

/** A VolumeSnapshot of a claim gets its content, and the content its snapshot. */
class TakingTest {
    private final SnapshotWorld world = new SnapshotWorld();

    @Test
    void the_content_is_named_after_the_snapshots_uid_and_born_with_all_that_a_deletion_needs() {
        world.with(wish()).runSnapshot();

        Json content = world.content();
        assertThat(finalizers(content)).containsExactly(SnapshotNames.CONTENT_BOUND);
        assertThat(content.at("spec", "driver").text()).isEqualTo(ModelDriver.NAME);
        assertThat(content.at("spec", "deletionPolicy").text()).isEqualTo("Delete");
        assertThat(content.at("spec", "volumeSnapshotClassName").text()).isEqualTo("fast");
        assertThat(content.at("spec", "source", "volumeHandle").text()).isEqualTo("vol");
        assertThat(content.at("spec", "sourceVolumeMode").text()).isEqualTo("Filesystem");
        assertThat(content.at("spec", "volumeSnapshotRef").textMap())
                .containsEntry("uid", SnapshotWorld.UID)
                .containsEntry("kind", "VolumeSnapshot")
                .containsEntry("apiVersion", "snapshot.storage.k8s.io/v1")
                .containsKey("resourceVersion");
        assertThat(finalizers(world.snapshot())).containsExactly(SnapshotNames.AS_SOURCE, SnapshotNames.BOUND);
        assertThat(finalizers(world.claim())).contains(SnapshotNames.CLAIM_AS_SOURCE);
        assertThat(world.events.reasons()).containsExactly("CreatingSnapshot");
    }

    @Test
    void finalizers_of_snapshot_and_claim_come_before_the_content() {
        world.server.fail(Fault.refused(Verb.PATCH, Kinds.CLAIM, Failure.UNAVAILABLE));

        world.with(wish()).runSnapshot();

        assertThat(world.find(Kinds.SNAPSHOT_CONTENT, CONTENT)).isNull();
    }

    @Test
    void the_status_of_the_content_becomes_the_status_of_the_snapshot() {
        world.with(wish()).settle();

        Json status = world.snapshot().at("status");
        assertThat(status.at("readyToUse").flag(false)).isTrue();
        assertThat(status.at("boundVolumeSnapshotContentName").text()).isEqualTo(CONTENT.name());
        assertThat(status.at("restoreSize").text()).isEqualTo("1Gi");
        assertThat(status.at("creationTime").time()).isNotNull();
        assertThat(world.events.reasons()).containsSubsequence("CreatingSnapshot", "SnapshotCreated", "SnapshotReady");
        assertThat(finalizers(world.claim())).as("taken").doesNotContain(SnapshotNames.CLAIM_AS_SOURCE);
    }

    @Test
    void joined_halves_need_seven_writes() {
        SnapshotWorld joined = new SnapshotWorld(OtherHalf.HERE).with(wish());
        joined.server.requests().reset();

        joined.runSnapshot();
        joined.runContent();
        joined.runSnapshot();
        joined.runClaim();

        assertThat(joined.snapshot().at("status", "readyToUse").flag(false)).isTrue();
        assertThat(joined.server.requests().writes())
                .as(joined.server.requests().toString())
                .isEqualTo(7);
    }

    @Test
    void joined_halves_tell_of_the_content_only_after_a_while_if_the_driver_is_slow() {
        SnapshotWorld joined = new SnapshotWorld(OtherHalf.HERE).with(wish());

        joined.runSnapshot();
        assertThat(joined.snapshot().at("status").present()).isFalse();
        joined.clock.advance(Duration.ofSeconds(3));
        joined.runSnapshot();

        assertThat(joined.snapshot()
                        .at("status", "boundVolumeSnapshotContentName")
                        .text())
                .isEqualTo(CONTENT.name());
        assertThat(joined.snapshot().at("status", "readyToUse").flag(true)).isFalse();
    }

    @Test
    void the_driver_is_asked_with_the_name_of_the_snapshot_and_the_classes_parameters() {
        world.with(
                        snapshotClass("fast")
                                .with(
                                        Map.of(
                                                "tier",
                                                "gold",
                                                "csi.storage.k8s.io/snapshotter-secret-name",
                                                "s",
                                                "csi.storage.k8s.io/snapshotter-secret-namespace",
                                                "${volumesnapshot.namespace}"),
                                        "parameters"),
                        Objects.secret("ns/s", Map.of("key", "value")),
                        wish())
                .settle();

        CreateSnapshotRequest request =
                world.driver.calls().made(Rpcs.CREATE_SNAPSHOT).getFirst();
        assertThat(request.getName()).isEqualTo("snapshot-" + SnapshotWorld.UID);
        assertThat(request.getSourceVolumeId()).isEqualTo("vol");
        assertThat(request.getParametersMap()).containsExactly(Map.entry("tier", "gold"));
        assertThat(request.getSecretsMap()).containsExactly(Map.entry("key", "value"));
        assertThat(world.content().at("metadata", "annotations").textMap())
                .containsEntry(SnapshotNames.SECRET_NAME, "s")
                .containsEntry(SnapshotNames.SECRET_NAMESPACE, "ns");
    }

    @Test
    void with_extra_create_metadata_the_driver_learns_the_names_of_the_objects() {
        SnapshotWorld told = new SnapshotWorld(
                OtherHalf.HERE,
                EnumSet.of(ControllerCapability.CREATE_DELETE_SNAPSHOT),
                Metadata.GIVEN,
                Distribution.CENTRAL);

        told.with(wish()).settle();

        assertThat(told.driver.calls().made(Rpcs.CREATE_SNAPSHOT).getFirst().getParametersMap())
                .containsEntry("csi.storage.k8s.io/volumesnapshot/name", "snap")
                .containsEntry("csi.storage.k8s.io/volumesnapshot/namespace", "ns")
                .containsEntry("csi.storage.k8s.io/volumesnapshotcontent/name", CONTENT.name());
    }

    @Test
    void a_content_is_marked_before_the_driver_is_called_and_unmarked_once_the_answer_is_saved() {
        world.with(wish()).runSnapshot();
        world.refusing(Code.DEADLINE_EXCEEDED).runContent();
        assertThat(world.beingCreated()).as("may still be under way").isTrue();

        world.runContent();

        assertThat(world.beingCreated()).isFalse();
        assertThat(world.content().at("status", "snapshotHandle").text()).isNotEmpty();
    }

    @Test
    void a_final_refusal_takes_the_mark_off_and_is_shown_on_content_and_snapshot() {
        world.with(wish()).runSnapshot();
        Outcome outcome = world.refusing(Code.INVALID_ARGUMENT).runContent();
        world.runSnapshot();

        assertThat(world.beingCreated()).isFalse();
        assertThat(code(outcome)).isEqualTo("DriverRefused");
        assertThat(world.error(world.content()))
                .startsWith("Failed to create snapshot: failed to take snapshot of the volume vol: \"rpc error: code ="
                        + " InvalidArgument desc = ");
        assertThat(world.error(world.snapshot())).isEqualTo(world.error(world.content()));
        assertThat(world.snapshot().at("status", "readyToUse").flag(true)).isFalse();
    }

    @Test
    void the_same_refusal_is_written_and_told_once() {
        world.with(wish()).runSnapshot();
        world.refusing(Code.INTERNAL, Code.INTERNAL, Code.INTERNAL);
        world.runContent();
        world.runContent();
        world.server.requests().reset();

        Outcome again = world.runContent();

        assertThat(world.server.requests().count(Verb.PATCH, Kinds.SNAPSHOT_CONTENT, "status"))
                .isZero();
        assertThat(((Outcome.Waiting) again).about()).as("no event").isNull();
    }

    @Test
    void an_error_goes_with_the_first_good_answer_even_if_the_snapshot_is_not_ready() {
        world.driver.backend().snapshotting(Duration.ofHours(1));
        world.with(wish()).runSnapshot();
        world.refusing(Code.INTERNAL).runContent();

        Outcome outcome = world.runContent();
        world.runSnapshot();

        assertThat(code(outcome)).isEqualTo("NotReady");
        assertThat(world.content().at("status", "error").present()).isFalse();
        assertThat(world.snapshot().at("status", "error").present()).isFalse();
    }

    @Test
    void a_snapshot_that_is_not_ready_is_asked_for_again_until_it_is() {
        world.driver.backend().snapshotting(Duration.ofMinutes(1));
        world.with(wish()).runSnapshot();
        assertThat(world.runContent()).isInstanceOf(Outcome.Waiting.class);
        world.clock.advance(Duration.ofMinutes(2));

        assertThat(world.runContent()).isEqualTo(Outcome.done());

        assertThat(world.content().at("status", "readyToUse").flag(false)).isTrue();
        assertThat(world.driver.calls().made(Rpcs.CREATE_SNAPSHOT)).hasSize(2);
    }

    @Test
    void a_lost_content_is_told_and_never_replaced_by_a_new_snapshot() {
        world.with(wish()).settle();
        world.server.removeByForce(Kinds.SNAPSHOT_CONTENT, CONTENT);

        Outcome outcome = world.runSnapshot();
        world.settle();

        assertThat(code(outcome)).isEqualTo("ContentMissing");
        assertThat(world.error(world.snapshot())).isEqualTo("VolumeSnapshotContent is missing");
        assertThat(world.snapshot().at("status", "readyToUse").flag(true)).isFalse();
        assertThat(world.snapshot()
                        .at("status", "boundVolumeSnapshotContentName")
                        .text())
                .isEqualTo(CONTENT.name());
        assertThat(world.find(Kinds.SNAPSHOT_CONTENT, CONTENT)).isNull();
    }

    @Test
    void a_content_that_another_process_made_a_moment_ago_is_read_and_used() {
        // Trap 14: snapshot-controller takes AlreadyExists for success and ignores the content from then on.
        var _ = world.cluster.store(Kinds.SNAPSHOT_CONTENT);
        world.with(wish());
        world.cluster.lag();
        world.with(Objects.of(Kinds.SNAPSHOT_CONTENT, CONTENT.name())
                .with(ModelDriver.NAME, "spec", "driver")
                .with("Delete", "spec", "deletionPolicy")
                .with("vol", "spec", "source", "volumeHandle")
                .with(
                        Map.of("namespace", "ns", "name", "snap", "uid", SnapshotWorld.UID),
                        "spec",
                        "volumeSnapshotRef"));

        assertThat(code(world.runSnapshot())).isEqualTo("NotTakenYet");

        assertThat(world.snapshot()
                        .at("status", "boundVolumeSnapshotContentName")
                        .text())
                .isEqualTo(CONTENT.name());
    }

    @Test
    void distributed_contents_tell_the_node_of_their_volume() {
        SnapshotWorld distributed = new SnapshotWorld(
                OtherHalf.ELSEWHERE,
                EnumSet.of(ControllerCapability.CREATE_DELETE_SNAPSHOT),
                Metadata.LEFT_OUT,
                Distribution.BY_NODE);
        distributed.with(
                Objects.node("node-a"),
                Objects.node("node-b"),
                on(
                        "node-b",
                        Objects.volume("pv")
                                .handle("vol")
                                .claimRef("ns/data", "uid-data")
                                .phase("Bound")),
                wish());

        distributed.runSnapshot();

        assertThat(distributed.content().at("metadata", "labels").textMap())
                .containsEntry(SnapshotNames.MANAGED_BY, "node-b");
    }

    @Test
    void a_snapshot_with_two_sources_or_none_is_refused() {
        world.with(wish().with("content", "spec", "source", "volumeSnapshotContentName"));

        assertThat(code(world.runSnapshot())).isEqualTo("SourceMalformed");
        assertThat(world.error(world.snapshot()))
                .isEqualTo(
                        "Exactly one of PersistentVolumeClaimName and VolumeSnapshotContentName should be specified");
        assertThat(world.find(Kinds.SNAPSHOT, SNAPSHOT)).isNotNull();
    }
}
