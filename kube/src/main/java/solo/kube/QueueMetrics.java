package solo.kube;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import solo.kube.WorkQueue.Numbers;

/**
 * The work queue's metrics under the names and buckets of client-go. Controllers of one name share one series, as the
 * Go sidecars' queues do.
 */
final class QueueMetrics {

    /** One lane's numbers and the name they are shown under. */
    record Lane(String name, Numbers numbers) {}

    // prometheus.ExponentialBuckets(10e-9, 10, 10)
    private static final double[] BUCKETS = {1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 10};

    private final Histogram queued;
    private final Histogram worked;
    private final Supplier<List<Lane>> lanes;

    QueueMetrics(PrometheusRegistry metrics, Supplier<List<Lane>> lanes) {
        this.lanes = lanes;
        this.queued = histogram(metrics, "queue_duration", "How long an item was ready before it was taken.");
        this.worked = histogram(metrics, "work_duration", "How long an item was worked on.");
        gauge(metrics, "depth", "Items that are ready and not taken yet.", Numbers::depth);
        gauge(
                metrics,
                "unfinished_work_seconds",
                "Age of all items that are worked on, added up.",
                numbers -> numbers.running().stream()
                        .mapToDouble(running -> seconds(running.since()))
                        .sum());
        gauge(
                metrics,
                "longest_running_processor_seconds",
                "Age of the item that is worked on for longest.",
                numbers -> numbers.running().stream()
                        .mapToDouble(running -> seconds(running.since()))
                        .max()
                        .orElse(0));
        counter(metrics, "adds_total", "How often an item became ready.", Numbers::adds);
        counter(metrics, "retries_total", "How often an item was put off.", Numbers::retries);
    }

    void queued(String name, Duration time) {
        queued.labelValues(name).observe(seconds(time));
    }

    void worked(String name, Duration time) {
        worked.labelValues(name).observe(seconds(time));
    }

    private static Histogram histogram(PrometheusRegistry metrics, String name, String help) {
        return Histogram.builder()
                .name("workqueue_" + name + "_seconds")
                .help(help)
                .labelNames("name")
                .classicOnly()
                .classicUpperBounds(BUCKETS)
                .register(metrics);
    }

    private void gauge(PrometheusRegistry metrics, String name, String help, ToDoubleFunction<Numbers> value) {
        GaugeWithCallback.builder()
                .name("workqueue_" + name)
                .help(help)
                .labelNames("name")
                .callback(gauge -> sums(value).forEach((lane, sum) -> gauge.call(sum, lane)))
                .register(metrics);
    }

    private void counter(PrometheusRegistry metrics, String name, String help, ToDoubleFunction<Numbers> value) {
        CounterWithCallback.builder()
                .name("workqueue_" + name)
                .help(help)
                .labelNames("name")
                .callback(counter -> sums(value).forEach((lane, sum) -> counter.call(sum, lane)))
                .register(metrics);
    }

    private Map<String, Double> sums(ToDoubleFunction<Numbers> value) {
        Map<String, Double> sums = new TreeMap<>();
        lanes.get().forEach(lane -> sums.merge(lane.name(), value.applyAsDouble(lane.numbers()), Double::sum));
        return sums;
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
