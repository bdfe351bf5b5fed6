package solo.app;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import solo.app.options.ControllerName;
import solo.app.options.ProvisionerOptions;
import solo.app.options.SoloOptions;
import solo.csi.model.ControllerCapability;
import solo.kube.Backoff;
import solo.kube.Clock;
import solo.kube.Leadership;
import solo.kube.fabric8.EventRecorder;
import solo.kube.fabric8.KubernetesConnection;
import solo.provisioner.Ports;
import solo.provisioner.Provisioner;
import solo.provisioner.Unfinished;
import solo.provisioner.csi.VolumeCalls;
import solo.provisioner.model.Feature;
import solo.provisioner.model.ProvisioningOptions;
import solo.provisioner.model.VolumeNaming;

/** The provisioner, put together from flags. */
final class ProvisionerParts {

    /** New at each start, as in Go: events of two runs can be told apart. */
    private static final String RUN = UUID.randomUUID().toString();

    private ProvisionerParts() {}

    static Provisioner of(
            DriverAccess access,
            KubernetesConnection connection,
            SoloOptions options,
            Leadership leadership,
            EventRecorder events,
            PrometheusRegistry registry)
            throws StartupProblem {
        Ports ports = new Ports(
                connection.cluster(),
                connection.writes(leadership),
                new VolumeCalls(access.forController(leadership, options.provisioner.timeout)),
                events.as(component(access)),
                Clock.SYSTEM,
                leadership,
                Unfinished.NOWHERE);
        try {
            return new Provisioner(
                    ports,
                    new ProvisioningOptions(
                            access.identity().name(),
                            access.capabilities(),
                            identity(access),
                            new VolumeNaming(
                                    options.provisioner.volumeNamePrefix, options.provisioner.volumeNameUuidLength),
                            options.provisioner.defaultFsType,
                            features(access, options)),
                    new Provisioner.Tuning(
                            options.provisioner.workers,
                            1,
                            new Backoff(options.retry.start, options.retry.max),
                            Duration.ofMinutes(5)),
                    registry);
        } catch (IllegalArgumentException wrong) {
            throw new StartupProblem(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    /** The source component of the provisioner's events: driver, host and run, as in Go. */
    static String component(DriverAccess access) {
        return access.identity().name() + "_" + HostName.text() + "_" + RUN;
    }

    /** Epoch milliseconds, a random number up to 9999, the driver: what a volume says of who made it. */
    private static String identity(DriverAccess access) {
        return Clock.SYSTEM.now().toEpochMilli() + "-"
                + ThreadLocalRandom.current().nextInt(10_000) + "-"
                + access.identity().name();
    }

    private static Set<Feature> features(DriverAccess access, SoloOptions all) {
        ProvisionerOptions options = all.provisioner;
        Set<Feature> features = EnumSet.of(Feature.TOPOLOGY, Feature.VOLUME_ATTRIBUTES_CLASS);
        add(features, options.strictTopology, Feature.STRICT_TOPOLOGY);
        add(features, options.immediateTopology, Feature.IMMEDIATE_TOPOLOGY);
        add(features, options.extraCreateMetadata, Feature.EXTRA_CREATE_METADATA);
        add(features, options.controllerPublishReadOnly, Feature.CONTROLLER_PUBLISH_READONLY);
        add(features, options.preventVolumeModeConversion, Feature.PREVENT_VOLUME_MODE_CONVERSION);
        // Only where the attacher runs in this very process it surely takes the finalizer off again.
        boolean attaches = all.controllers.choice.has(ControllerName.ATTACHER)
                && access.capabilities().has(ControllerCapability.PUBLISH_UNPUBLISH_VOLUME);
        add(features, attaches, Feature.ATTACHER_FINALIZER);
        return features;
    }

    private static void add(Set<Feature> features, boolean on, Feature feature) {
        if (on) {
            features.add(feature);
        }
    }
}
