package solo.snapshotter;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import solo.kube.Clock;
import solo.kube.model.ObjectKey;
import solo.kube.model.ObjectMeta;
import solo.kube.model.VolumeGroupSnapshot;
import solo.kube.model.VolumeSnapshot;
import solo.snapshotter.model.GroupView;
import solo.snapshotter.model.SnapshotView;

/**
 * snapshot-controller's own metrics with its names, labels and buckets: the seconds from the first look at a snapshot
 * until it is taken, ready, or gone. What was begun by another process is not counted.
 */
final class SnapshotMetrics {

    private static final double[] BUCKETS = {.1, .25, .5, 1, 2.5, 5, 10, 15, 30, 60, 120, 300, 600};

    /** What is counted: snapshots alone, or groups of them. */
    enum Sort {
        SNAPSHOT("Snapshot"),
        GROUP("GroupSnapshot");

        private final String word;

        Sort(String word) {
            this.word = word;
        }
    }

    private enum Operation {
        CREATE("Create%s"),
        CREATE_AND_READY("Create%sAndReady"),
        DELETE("Delete%s");

        private final String label;

        Operation(String label) {
            this.label = label;
        }
    }

    /** How far a snapshot has come. */
    enum Stage {
        ASKED_FOR,
        TAKEN,
        READY
    }

    /**
     * What a look at a snapshot or group shows.
     *
     * @param driver empty while nothing tells it
     */
    record Seen(Sort sort, ObjectMeta meta, Stage stage, String type, String driver) {
        static Seen of(SnapshotView view) {
            VolumeSnapshot snapshot = view.snapshot();
            boolean taken = snapshot.status() != null && snapshot.status().creationTime() != null;
            return new Seen(
                    Sort.SNAPSHOT,
                    snapshot.meta(),
                    snapshot.ready() ? Stage.READY : taken ? Stage.TAKEN : Stage.ASKED_FOR,
                    type(snapshot.source().contentName()),
                    view.content() != null
                            ? view.content().driver()
                            : view.snapshotClass() == null
                                    ? ""
                                    : view.snapshotClass().driver());
        }

        static Seen of(GroupView view) {
            VolumeGroupSnapshot group = view.group();
            boolean taken = group.status() != null && group.status().creationTime() != null;
            return new Seen(
                    Sort.GROUP,
                    group.meta(),
                    group.ready() ? Stage.READY : taken ? Stage.TAKEN : Stage.ASKED_FOR,
                    type(group.source().contentName()),
                    view.content() != null
                            ? view.content().driver()
                            : view.groupClass() == null ? "" : view.groupClass().driver());
        }

        private static String type(@Nullable String contentName) {
            return contentName == null ? "dynamic" : "pre-provisioned";
        }
    }

    private record Key(Sort sort, Operation operation, ObjectKey object) {}

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
    void saw(Seen seen) {
        endEarlierLife(seen);
        if (seen.stage() != Stage.ASKED_FOR) {
            succeeded(Operation.CREATE, seen);
        }
        if (seen.stage() == Stage.READY) {
            succeeded(Operation.CREATE_AND_READY, seen);
        }
        if (seen.meta().deleting()) {
            begin(Operation.DELETE, seen);
        } else if (seen.stage() != Stage.READY) {
            begin(Operation.CREATE_AND_READY, seen);
            if (seen.stage() == Stage.ASKED_FOR) {
                begin(Operation.CREATE, seen);
            }
        }
    }

    /** Nobody can find it any more. What was under way with it ends with its deletion. */
    void gone(Sort sort, ObjectKey object) {
        Started deletion = inFlight.remove(new Key(sort, Operation.DELETE, object));
        if (deletion != null) {
            observe(sort, Operation.DELETE, deletion, "success");
        }
        for (Operation other : Operation.values()) {
            Started cancelled = inFlight.remove(new Key(sort, other, object));
            if (cancelled != null && deletion != null) {
                // As in Go with the time that the deletion took.
                observe(sort, other, deletion, "cancel");
            }
        }
    }

    /** One that was made anew under its name before anybody looked. */
    private void endEarlierLife(Seen seen) {
        for (Operation operation : Operation.values()) {
            Started started = inFlight.get(key(operation, seen));
            if (started != null && !started.uid().equals(seen.meta().uid())) {
                gone(seen.sort(), seen.meta().key());
            }
        }
    }

    private void begin(Operation operation, Seen seen) {
        var _ = inFlight.putIfAbsent(
                key(operation, seen), new Started(seen.meta().uid(), seen.driver(), seen.type(), clock.nanos()));
    }

    private void succeeded(Operation operation, Seen seen) {
        Started started = inFlight.remove(key(operation, seen));
        if (started != null) {
            String driver = seen.driver().isEmpty() ? started.driver() : seen.driver();
            observe(
                    seen.sort(),
                    operation,
                    new Started(started.uid(), driver, started.type(), started.began()),
                    "success");
        }
    }

    private void observe(Sort sort, Operation operation, Started started, String status) {
        time.labelValues(
                        started.driver().isEmpty() ? "unknown" : started.driver(),
                        operation.label.formatted(sort.word),
                        started.type(),
                        status)
                .observe((clock.nanos() - started.began()) / 1e9);
    }

    private static Key key(Operation operation, Seen seen) {
        return new Key(seen.sort(), operation, seen.meta().key());
    }
}
