package solo.provisioner;

import static org.assertj.core.api.Assertions.assertThat;

import csi.v1.CreateSnapshotRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import solo.csi.CsiException;
import solo.csi.Rpcs;
import solo.kube.ApiException.Failure;
import solo.kube.Change;
import solo.kube.Kinds;
import solo.kube.model.ObjectKey;
import solo.kube.model.Outcome;
import solo.kube.model.PersistentVolumeClaim;
import solo.provisioner.model.Feature;
import solo.provisioner.model.SourceDecision.NotReleased;
import solo.provisioner.model.SourceDecision.StillNeeded;
import solo.provisioner.model.Unprepared.SourceNotProtected;
import solo.simulation.ClaimBuilder;
import solo.simulation.DriverFault;
import solo.simulation.Fault;
import solo.simulation.Objects;
import solo.simulation.Verb;

/** Restoring and cloning on the simulated cluster: the source is protected first and let go last. */
class SourceTest {

    private static final String SNAPSHOT_FINALIZER =
            "provisioner.storage.kubernetes.io/volumesnapshot-as-source-protection";
    private static final String CLONE_FINALIZER = "provisioner.storage.kubernetes.io/cloning-protection";
    private static final ObjectKey SNAPSHOT = Objects.key("ns/snap");
    private static final ObjectKey SOURCE = Objects.key("ns/source");

    private final ProvisionerWorld world = new ProvisionerWorld();

    @Test
    void a_restore_costs_two_writes_more_than_an_empty_volume() {
        snapshot();
        world.with(restored("ns/data", "uid-1"));
        world.server.requests().reset();

        assertThat(world.claim("ns/data")).isEqualTo(Outcome.done());

        assertThat(world.server.requests().writes()).isEqualTo(3);
        assertThat(world.driver
                        .calls()
                        .made(Rpcs.CREATE_VOLUME)
                        .getFirst()
                        .getVolumeContentSource()
                        .getSnapshot()
                        .getSnapshotId())
                .isEqualTo(snapshotHandle());
        assertThat(finalizers()).isEmpty();
    }

    @Test
    void the_snapshot_is_protected_while_the_driver_is_at_it() {
        snapshot();
        world.with(restored("ns/data", "uid-1"));
        world.driver.calls().plan(Rpcs.CREATE_VOLUME, DriverFault.timeoutBeforeAnything());

        world.claim("ns/data");

        assertThat(finalizers()).containsExactly(SNAPSHOT_FINALIZER);
    }

    @Test
    void a_second_restore_keeps_the_snapshot_protected() {
        snapshot();
        world.with(restored("ns/data", "uid-1"), restored("ns/second", "uid-2"));

        world.claim("ns/data");
        assertThat(finalizers()).containsExactly(SNAPSHOT_FINALIZER);

        world.bind("ns/data");
        world.claim("ns/second");
        assertThat(finalizers()).isEmpty();
    }

    @Test
    void claims_that_are_filled_but_not_bound_yet_do_not_keep_the_snapshot() {
        // Two restores that end together: neither may leave it to the other.
        snapshot();
        world.with(restored("ns/data", "uid-1"), restored("ns/second", "uid-2"));

        world.claim("ns/data");
        world.claim("ns/second");

        assertThat(finalizers()).isEmpty();
    }

    @Test
    void a_restore_that_comes_while_its_snapshot_is_let_go_is_put_off() {
        Restores restores = new Restores();
        PersistentVolumeClaim claim = claim(restored("ns/data", "uid-1"));

        restores.close("snap");
        restores.close("snap");
        restores.open("snap");
        assertThat(restores.begun("snap", claim)).isFalse();
        assertThat(restores.begun("another", claim)).isTrue();
        restores.ended("uid-1");

        restores.open("snap");
        assertThat(restores.begun("snap", claim)).isTrue();
        assertThat(restores.underWay()).containsExactly(claim);
    }

    private PersistentVolumeClaim claim(ClaimBuilder claim) {
        world.with(claim);
        return PersistentVolumeClaim.of(world.server.object(Kinds.CLAIM, Objects.key("ns/data")));
    }

    @Test
    void a_role_that_may_not_change_snapshots_restores_all_the_same() {
        snapshot();
        world.with(restored("ns/data", "uid-1"));
        world.server.fail(Fault.refused(Verb.PATCH, Kinds.SNAPSHOT, Failure.FORBIDDEN));

        assertThat(world.claim("ns/data")).isEqualTo(Outcome.done());
    }

    @Test
    void any_other_failure_to_protect_stops_the_restore() {
        snapshot();
        world.with(restored("ns/data", "uid-1"));
        world.server.fail(Fault.refused(Verb.PATCH, Kinds.SNAPSHOT, Failure.CONFLICT));

        assertThat(((Outcome.Waiting) world.claim("ns/data")).reason()).isInstanceOf(SourceNotProtected.class);
        assertThat(world.driver.calls().made(Rpcs.CREATE_VOLUME)).isEmpty();
    }

    @Test
    void a_snapshot_that_nobody_waits_for_any_more_is_let_go_whoever_protected_it() {
        world.with(Feature.SNAPSHOT_RELEASE);
        snapshot();
        protectSnapshot();
        world.with(restored("ns/data", "uid-1"));
        assertThat(((Outcome.Waiting) world.reconcile("snapshots", SNAPSHOT)).reason())
                .isEqualTo(new StillNeeded("VolumeSnapshot", SNAPSHOT, Objects.key("ns/data")));

        PersistentVolumeClaim claim =
                PersistentVolumeClaim.of(world.server.object(Kinds.CLAIM, Objects.key("ns/data")));
        world.server.remove(Kinds.CLAIM, Objects.key("ns/data"));
        assertThat(world.triggered("snapshots", Kinds.CLAIM, new Change<>(claim, null)))
                .containsExactly(SNAPSHOT);
        assertThat(world.reconcile("snapshots", SNAPSHOT)).isEqualTo(Outcome.done());
        assertThat(finalizers()).isEmpty();
    }

    @Test
    void a_claim_deleted_while_the_driver_is_at_it_still_protects_its_snapshot() {
        // Trap 24: the sweep of the Go provisioner cannot see such a claim.
        world.with(Feature.SNAPSHOT_RELEASE);
        snapshot();
        world.with(restored("ns/data", "uid-1"));
        world.driver.calls().plan(Rpcs.CREATE_VOLUME, DriverFault.timeoutBeforeAnything());
        world.claim("ns/data");
        world.server.remove(Kinds.CLAIM, Objects.key("ns/data"));

        assertThat(world.reconcile("snapshots", SNAPSHOT)).isInstanceOf(Outcome.Waiting.class);
        assertThat(finalizers()).containsExactly(SNAPSHOT_FINALIZER);
    }

    @Test
    void a_failure_to_let_go_is_tried_again() {
        world.with(Feature.SNAPSHOT_RELEASE);
        snapshot();
        protectSnapshot();
        world.server.fail(Fault.refused(Verb.PATCH, Kinds.SNAPSHOT, Failure.CONFLICT));

        assertThat(((Outcome.Waiting) world.reconcile("snapshots", SNAPSHOT)).reason())
                .isInstanceOf(NotReleased.class);
        assertThat(world.reconcile("snapshots", SNAPSHOT)).isEqualTo(Outcome.done());
    }

    @Test
    void a_clone_costs_one_write_more_and_the_next_one_none() {
        source();
        world.with(cloned("ns/data", "uid-1"), cloned("ns/second", "uid-2"));
        world.server.requests().reset();

        assertThat(world.claim("ns/data")).isEqualTo(Outcome.done());
        assertThat(world.server.requests().all())
                .isEqualTo(Map.of("patch persistentvolumeclaims", 1, "create persistentvolumes", 1));

        assertThat(world.claim("ns/second")).isEqualTo(Outcome.done());
        assertThat(world.server.requests().writes()).isEqualTo(3);
    }

    @Test
    void a_cloned_claim_that_is_deleted_waits_for_its_clones() {
        source();
        world.server.edit(
                Kinds.CLAIM,
                SOURCE,
                tree -> ProvisionerWorld.with(
                        tree, List.of(CLONE_FINALIZER, "kubernetes.io/other"), "metadata", "finalizers"));
        assertThat(world.reconcile("clones", SOURCE)).isEqualTo(Outcome.done());
        assertThat(sourceFinalizers()).as("it stays until the claim is deleted").contains(CLONE_FINALIZER);

        world.with(cloned("ns/data", "uid-1"));
        world.server.edit(
                Kinds.CLAIM,
                SOURCE,
                tree -> ProvisionerWorld.with(tree, "2026-01-01T00:00:00Z", "metadata", "deletionTimestamp"));
        assertThat(((Outcome.Waiting) world.reconcile("clones", SOURCE)).reason())
                .isEqualTo(new StillNeeded("PersistentVolumeClaim", SOURCE, Objects.key("ns/data")));

        world.server.remove(Kinds.CLAIM, Objects.key("ns/data"));
        assertThat(world.reconcile("clones", SOURCE)).isEqualTo(Outcome.done());
        assertThat(sourceFinalizers()).containsExactly("kubernetes.io/other");
    }

    @Test
    void a_claim_that_clones_a_namesake_elsewhere_is_no_obstacle() {
        source();
        world.server.edit(
                Kinds.CLAIM,
                SOURCE,
                tree -> ProvisionerWorld.with(
                        ProvisionerWorld.with(tree, List.of(CLONE_FINALIZER, "x"), "metadata", "finalizers"),
                        "2026-01-01T00:00:00Z",
                        "metadata",
                        "deletionTimestamp"));
        world.with(Objects.claim("elsewhere/data")
                .uid("uid-9")
                .storageClass("fast")
                .fromClaim("source"));

        assertThat(world.reconcile("clones", SOURCE)).isEqualTo(Outcome.done());
        assertThat(sourceFinalizers()).containsExactly("x");
    }

    private void snapshot() {
        world.driver.backend().put("vol-source", "source", 1L << 30);
        String handle = snapshotHandle();
        world.with(
                Objects.storageClass("fast"),
                Objects.of(Kinds.SNAPSHOT, "ns/snap")
                        .uid("snap-uid")
                        .with("content", "status", "boundVolumeSnapshotContentName")
                        .with(true, "status", "readyToUse")
                        .with("1Gi", "status", "restoreSize"),
                Objects.of(Kinds.SNAPSHOT_CONTENT, "content")
                        .with("model.csi.solo", "spec", "driver")
                        .with(Map.of("namespace", "ns", "name", "snap", "uid", "snap-uid"), "spec", "volumeSnapshotRef")
                        .with(handle, "status", "snapshotHandle"));
    }

    private String snapshotHandle() {
        try {
            return world.driver
                    .controller()
                    .createSnapshot(CreateSnapshotRequest.newBuilder()
                            .setName("snap")
                            .setSourceVolumeId("vol-source")
                            .build())
                    .getSnapshot()
                    .getSnapshotId();
        } catch (CsiException e) {
            throw new AssertionError(e);
        }
    }

    private void protectSnapshot() {
        world.server.edit(
                Kinds.SNAPSHOT,
                SNAPSHOT,
                tree -> ProvisionerWorld.with(tree, List.of(SNAPSHOT_FINALIZER), "metadata", "finalizers"));
    }

    private void source() {
        world.driver.backend().put("handle-pv-source", "source", 1L << 30);
        world.with(
                Objects.storageClass("fast"),
                Objects.claim("ns/source")
                        .uid("source-uid")
                        .storageClass("fast")
                        .boundTo("pv-source"),
                Objects.volume("pv-source").claimRef("ns/source", "source-uid").phase("Bound"));
    }

    private static ClaimBuilder restored(String name, String uid) {
        return Objects.claim(name).uid(uid).storageClass("fast").provisioner().fromSnapshot("snap");
    }

    private static ClaimBuilder cloned(String name, String uid) {
        return Objects.claim(name).uid(uid).storageClass("fast").provisioner().fromClaim("source");
    }

    private Iterable<String> finalizers() {
        return world.server
                .object(Kinds.SNAPSHOT, SNAPSHOT)
                .at("metadata", "finalizers")
                .texts();
    }

    private Iterable<String> sourceFinalizers() {
        return world.server
                .object(Kinds.CLAIM, SOURCE)
                .at("metadata", "finalizers")
                .texts();
    }
}
