package solo.provisioner;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Objects;
import solo.kube.Clock;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.PersistentVolumeClaim.DataSource;
import solo.provisioner.model.DeletionReason;
import solo.provisioner.model.NotYet;
import solo.provisioner.model.NothingToDo;
import solo.provisioner.model.ProvisioningReason;

/** The counters that dashboards of the Go provisioner read, with its names, labels and buckets. */
final class ProvisionerMetrics {

    private static final double[] BUCKETS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};

    private final Clock clock;
    private final Counter provisioned;
    private final Counter provisionFailed;
    private final Histogram provisionTime;
    private final Counter deleted;
    private final Counter deleteFailed;
    private final Histogram deleteTime;

    ProvisionerMetrics(Clock clock, PrometheusRegistry registry) {
        this.clock = clock;
        provisioned = counter(registry, "persistentvolumeclaim_provision", "Claims provisioned.", "class", "source");
        provisionFailed = counter(
                registry,
                "persistentvolumeclaim_provision_failed",
                "Attempts to provision a claim that failed.",
                "class",
                "source");
        provisionTime = histogram(
                registry, "persistentvolumeclaim_provision", "Seconds for a successful attempt.", "class", "source");
        deleted = counter(registry, "persistentvolume_delete", "Volumes deleted.", "class");
        deleteFailed = counter(
                registry, "persistentvolume_delete_failed", "Attempts to delete a volume that failed.", "class");
        deleteTime = histogram(registry, "persistentvolume_delete", "Seconds for a successful deletion.", "class");
    }

    /** One try at a claim or volume, from its view to its outcome. */
    final class Attempt {
        private final long began = clock.nanos();
        private final Counter success;
        private final Counter failure;
        private final Histogram time;
        private final String[] labels;

        private Attempt(Counter success, Counter failure, Histogram time, String... labels) {
            this.success = success;
            this.failure = failure;
            this.time = time;
            this.labels = labels;
        }

        void succeeded() {
            success.labelValues(labels).inc();
            time.labelValues(labels).observe((clock.nanos() - began) / 1e9);
        }

        /** Waiting for somebody else is no failure, except where Go counts it as one. */
        void refused(ProvisioningReason reason) {
            boolean patient = reason instanceof NothingToDo || reason instanceof NotYet;
            if (!patient || reason instanceof NotYet.ClassMissing || reason instanceof NotYet.LeftToPopulator) {
                failure.labelValues(labels).inc();
            }
        }

        void refused(DeletionReason reason) {
            if (!(reason instanceof DeletionReason.NotToDelete)) {
                failure.labelValues(labels).inc();
            }
        }
    }

    /** {@code class} is spec.storageClassName and {@code source} spec.dataSource.kind, whatever else counts elsewhere. */
    Attempt provisioning(PersistentVolumeClaim claim) {
        DataSource source = claim.spec().dataSource();
        return new Attempt(
                provisioned,
                provisionFailed,
                provisionTime,
                Objects.requireNonNullElse(claim.spec().storageClassName(), ""),
                source == null ? "" : source.kind());
    }

    Attempt deleting(PersistentVolume volume) {
        return new Attempt(deleted, deleteFailed, deleteTime, volume.storageClassName());
    }

    private static Counter counter(PrometheusRegistry registry, String name, String help, String... labels) {
        return Counter.builder()
                .name("controller_" + name + "_total")
                .help(help)
                .labelNames(labels)
                .register(registry);
    }

    private static Histogram histogram(PrometheusRegistry registry, String name, String help, String... labels) {
        return Histogram.builder()
                .name("controller_" + name + "_duration_seconds")
                .help(help)
                .labelNames(labels)
                .classicOnly()
                .classicUpperBounds(BUCKETS)
                .register(registry);
    }
}
