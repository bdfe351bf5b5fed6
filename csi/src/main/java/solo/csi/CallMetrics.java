package solo.csi;

import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;

/**
 * How long driver calls take, under the names, labels and buckets of csi-lib-utils, so that dashboards made for the Go
 * sidecars go on working. One a process; {@link MeasuredCalls} fills it.
 */
public final class CallMetrics {
    private static final double[] BUCKETS = {.1, .25, .5, 1, 2.5, 5, 10, 15, 25, 50, 120, 300, 600};
    private static final String HELP =
            "[ALPHA] Container Storage Interface operation duration with gRPC error code status total";

    private final Histogram seconds;

    private CallMetrics(String name, PrometheusRegistry registry) {
        this.seconds = Histogram.builder()
                .name(name)
                .help(HELP)
                .labelNames("driver_name", "method_name", "grpc_status_code")
                .classicOnly()
                .classicUpperBounds(BUCKETS)
                .register(registry);
    }

    /** {@code csi_sidecar_operations_seconds}: calls that a controller makes. */
    public static CallMetrics ofCaller(PrometheusRegistry registry) {
        return new CallMetrics("csi_sidecar_operations_seconds", registry);
    }

    /** {@code csi_plugin_operations_seconds}: calls that a driver of this process answers on its socket. */
    public static CallMetrics ofDriver(PrometheusRegistry registry) {
        return new CallMetrics("csi_plugin_operations_seconds", registry);
    }

    void observe(String driver, String path, String code, Duration took) {
        seconds.labelValues(driver, path, code).observe(took.toNanos() / 1e9);
    }
}
