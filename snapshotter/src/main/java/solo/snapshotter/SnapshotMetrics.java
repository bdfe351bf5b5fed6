package solo.snapshotter;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import solo.kube.Clock;
import solo.kube.model.ObjectKey;
import solo.kube.model.VolumeSnapshot;
import solo.snapshotter.model.SnapshotView;

/**
 * snapshot-controller's own metrics with its names, labels and buckets: the seconds from the first look at a snapshot
 * until it is taken, ready, or gone. What was begun by another process is not counted.
 */
final class SnapshotMetrics {

    private static final double[] BUCKETS = {.1, .25, .5, 1, 2.5, 5, 10, 15, 30, 60, 120, 300, 600};

    private enum Operation {
        CREATE("CreateSnapshot"),
        CREATE_AND_READY("CreateSnapshotAndReady"),
        DELETE("DeleteSnapshot");

        private final String label;

        Operation(String label) {
            this.label = label;
        }
    }

    private record Key(Operation operation, ObjectKey snapshot) {}

    /** @param began of {@link Clock#nanos} */
    private record Started(String uid, String driver, String type, long began) {}

    private final Clock clock;
    private final Histogram time;
    private final Map<Key, Started> inFlight = new ConcurrentHashMap<>();

    SnapshotMetrics(Clock clock, PrometheusRegistry registry) {
        this.clock = clock;
        time = Histogram.builder()
                .name("snapshot_controller_operation_total_seconds")
                .help("Seconds from the first look at a snapshot to the end of the operation.")
                .labelNames("driver_name", "operation_name", "snapshot_type", "operation_status")
                .classicOnly()
                .classicUpperBounds(BUCKETS)
                .register(registry);
        GaugeWithCallback.builder()
                .name("snapshot_controller_operations_in_flight")
                .help("Operations that have begun and not ended.")
                .callback(gauge -> gauge.call(inFlight.size()))
                .register(registry);
    }

    /** Each look at a snapshot, also the one after our own write of its status: begins and ends what the state says. */
    void saw(SnapshotView view) {
        VolumeSnapshot snapshot = view.snapshot();
        endEarlierLife(snapshot);
        boolean taken = snapshot.status() != null && snapshot.status().creationTime() != null;
        if (taken) {
            succeeded(Operation.CREATE, view);
        }
        if (snapshot.ready()) {
            succeeded(Operation.CREATE_AND_READY, view);
        }
        if (snapshot.meta().deleting()) {
            begin(Operation.DELETE, view);
        } else if (!snapshot.ready()) {
            begin(Operation.CREATE_AND_READY, view);
            if (!taken) {
                begin(Operation.CREATE, view);
            }
        }
    }

    /** Nobody can find the snapshot any more. What was under way with it ends with its deletion. */
    void gone(ObjectKey snapshot) {
        Started deletion = inFlight.remove(new Key(Operation.DELETE, snapshot));
        if (deletion != null) {
            observe(Operation.DELETE, deletion, deletion.driver(), "success");
        }
        for (Operation other : Operation.values()) {
            Started cancelled = inFlight.remove(new Key(other, snapshot));
            if (cancelled != null && deletion != null) {
                // As in Go with the time that the deletion took.
                observe(other, deletion, deletion.driver(), "cancel");
            }
        }
    }

    /** A snapshot that was made anew under its name before anybody looked. */
    private void endEarlierLife(VolumeSnapshot snapshot) {
        for (Operation operation : Operation.values()) {
            Started started = inFlight.get(new Key(operation, snapshot.key()));
            if (started != null && !started.uid().equals(snapshot.uid())) {
                gone(snapshot.key());
            }
        }
    }

    private void begin(Operation operation, SnapshotView view) {
        VolumeSnapshot snapshot = view.snapshot();
        var _ = inFlight.putIfAbsent(
                new Key(operation, snapshot.key()),
                new Started(
                        snapshot.uid(),
                        driver(view),
                        snapshot.source().contentName() == null ? "dynamic" : "pre-provisioned",
                        clock.nanos()));
    }

    private void succeeded(Operation operation, SnapshotView view) {
        Started started = inFlight.remove(new Key(operation, view.snapshot().key()));
        if (started != null) {
            observe(operation, started, driver(view), "success");
        }
    }

    private void observe(Operation operation, Started started, String driver, String status) {
        String known = driver.isEmpty() ? started.driver() : driver;
        time.labelValues(known.isEmpty() ? "unknown" : known, operation.label, started.type(), status)
                .observe((clock.nanos() - started.began()) / 1e9);
    }

    /** Empty while nothing tells it. */
    private static String driver(SnapshotView view) {
        if (view.content() != null) {
            return view.content().driver();
        }
        return view.snapshotClass() == null ? "" : view.snapshotClass().driver();
    }
}
