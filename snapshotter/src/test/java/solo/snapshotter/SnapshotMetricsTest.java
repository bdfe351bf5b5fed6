package solo.snapshotter;

import static org.assertj.core.api.Assertions.assertThat;
import static solo.snapshotter.SnapshotWorld.SNAPSHOT;
import static solo.snapshotter.SnapshotWorld.imported;
import static solo.snapshotter.SnapshotWorld.importing;
import static solo.snapshotter.SnapshotWorld.wish;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBucket;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import solo.csi.model.Code;
import solo.kube.Change;
import solo.kube.Kinds;
import solo.kube.model.ObjectKey;
import solo.kube.model.VolumeSnapshot;
import solo.simulation.ModelDriver;

/** What dashboards of snapshot-controller read. */
class SnapshotMetricsTest {

    private final SnapshotWorld world = new SnapshotWorld();

    @Test
    void a_snapshot_counts_once_taken_and_once_ready_from_the_first_look() {
        world.with(wish());
        world.runSnapshot();
        assertThat(inFlight()).isEqualTo(2);
        later();
        world.runContent();
        world.runSnapshot();
        world.runSnapshot();

        assertThat(series())
                .containsExactlyInAnyOrder(
                        ModelDriver.NAME + " CreateSnapshot dynamic success: 1 in 4.0 s",
                        ModelDriver.NAME + " CreateSnapshotAndReady dynamic success: 1 in 4.0 s");
        assertThat(inFlight()).isZero();
    }

    @Test
    void a_refused_snapshot_stays_in_flight_and_counts_from_its_first_look() {
        world.refusing(Code.UNAVAILABLE).with(wish());
        world.runSnapshot();
        later();
        world.runContent();
        world.runSnapshot();
        assertThat(series()).isEmpty();
        assertThat(inFlight()).isEqualTo(2);

        later();
        world.runContent();
        world.runSnapshot();
        assertThat(series()).hasSize(2).allMatch(one -> one.endsWith("1 in 8.0 s"));
    }

    @Test
    void an_imported_snapshot_is_of_a_type_of_its_own() {
        world.with(imported(), importing().deleting());
        world.runSnapshot();
        world.server.removeByForce(Kinds.SNAPSHOT, SNAPSHOT);
        world.runSnapshot();
        assertThat(series()).containsExactly(ModelDriver.NAME + " DeleteSnapshot pre-provisioned success: 1 in 0.0 s");
    }

    @Test
    void a_deletion_counts_when_the_snapshot_is_gone() {
        world.with(wish()).settle();
        int before = series().size();
        world.server.remove(Kinds.SNAPSHOT, SNAPSHOT);
        world.runSnapshot();
        assertThat(inFlight()).isOne();
        later();
        world.settle();

        assertThat(world.find(Kinds.SNAPSHOT, SNAPSHOT)).isNull();
        world.runSnapshot();
        assertThat(series()).hasSize(before + 1).anyMatch(one -> one.contains("DeleteSnapshot dynamic success: 1"));
        assertThat(inFlight()).isZero();
    }

    @Test
    void what_was_still_to_be_taken_is_cancelled_with_the_time_of_the_deletion() {
        world.with(wish().finalizer("example.org/mine").without("spec", "volumeSnapshotClassName"));
        world.runSnapshot();
        later();
        world.server.remove(Kinds.SNAPSHOT, SNAPSHOT);
        world.runSnapshot();
        later();
        world.server.removeByForce(Kinds.SNAPSHOT, SNAPSHOT);
        world.runSnapshot();

        assertThat(series())
                .containsExactlyInAnyOrder(
                        "unknown DeleteSnapshot dynamic success: 1 in 4.0 s",
                        "unknown CreateSnapshot dynamic cancel: 1 in 4.0 s",
                        "unknown CreateSnapshotAndReady dynamic cancel: 1 in 4.0 s");
    }

    @Test
    void a_group_counts_by_names_of_its_own() {
        GroupWorld groups = new GroupWorld(world).with(GroupWorld.wish());
        world.runGroup();
        assertThat(inFlight()).isEqualTo(2);
        later();
        world.runGroupContent();
        world.runGroup();

        assertThat(series())
                .containsExactlyInAnyOrder(
                        ModelDriver.NAME + " CreateGroupSnapshot dynamic success: 1 in 4.0 s",
                        ModelDriver.NAME + " CreateGroupSnapshotAndReady dynamic success: 1 in 4.0 s");
        assertThat(groups.ready()).isTrue();
    }

    @Test
    void a_group_that_was_still_to_be_taken_is_cancelled_with_the_time_of_the_deletion() {
        // Trap 31: snapshot-controller counts the deletion of a group with the recorder of single snapshots.
        var _ = new GroupWorld(world)
                .with(GroupWorld.wish().finalizer("example.org/mine").without("spec", "volumeGroupSnapshotClassName"));
        world.runGroup();
        later();
        world.server.remove(Kinds.GROUP_SNAPSHOT, SnapshotWorld.GROUP);
        world.runGroup();
        later();
        world.server.removeByForce(Kinds.GROUP_SNAPSHOT, SnapshotWorld.GROUP);
        world.runGroup();

        assertThat(series())
                .containsExactlyInAnyOrder(
                        "unknown DeleteGroupSnapshot dynamic success: 1 in 4.0 s",
                        "unknown CreateGroupSnapshot dynamic cancel: 1 in 4.0 s",
                        "unknown CreateGroupSnapshotAndReady dynamic cancel: 1 in 4.0 s");
    }

    @Test
    void one_that_goes_without_a_deletion_or_comes_back_under_its_name_leaves_nothing_behind() {
        world.with(wish().without("spec", "volumeSnapshotClassName"));
        world.runSnapshot();
        later();
        world.server.removeByForce(Kinds.SNAPSHOT, SNAPSHOT);
        world.with(wish().uid("another"));
        world.runSnapshot();
        later();
        world.runContent(ObjectKey.cluster("snapcontent-another"));
        world.runSnapshot();

        assertThat(series()).hasSize(2).allMatch(one -> one.endsWith("success: 1 in 4.0 s"));
        assertThat(inFlight()).isZero();
    }

    @Test
    void the_deletion_of_a_snapshot_is_looked_at() {
        world.with(wish());
        VolumeSnapshot snapshot = world.cluster.store(Kinds.SNAPSHOT).get(SNAPSHOT);
        assertThat(SnapshotController.changed(new Change<>(snapshot, null))).containsExactly(SNAPSHOT);
    }

    @Test
    void buckets_are_snapshot_controllers() {
        world.with(wish()).settle();
        assertThat(points().getFirst().getClassicBuckets().stream().map(ClassicHistogramBucket::getUpperBound))
                .containsExactly(
                        .1, .25, .5, 1., 2.5, 5., 10., 15., 30., 60., 120., 300., 600., Double.POSITIVE_INFINITY);
    }

    private void later() {
        world.clock.advance(Duration.ofSeconds(4));
    }

    private MetricSnapshot metric(String name) {
        return world.metrics.scrape().stream()
                .filter(one -> one.getMetadata().getName().equals("snapshot_controller_" + name))
                .findFirst()
                .orElseThrow();
    }

    private double inFlight() {
        return ((GaugeSnapshot) metric("operations_in_flight"))
                .getDataPoints()
                .getFirst()
                .getValue();
    }

    private List<HistogramDataPointSnapshot> points() {
        return ((HistogramSnapshot) metric("operation_total_seconds")).getDataPoints();
    }

    private List<String> series() {
        return points().stream()
                .map(point -> String.join(
                                " ",
                                List.of("driver_name", "operation_name", "snapshot_type", "operation_status").stream()
                                        .map(point.getLabels()::get)
                                        .toList())
                        + ": " + point.getCount() + " in " + point.getSum() + " s")
                .toList();
    }
}
