package solo.app;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import solo.app.options.ControllerName;
import solo.app.options.DriverInProcess;
import solo.app.options.SoloOptions;
import solo.csi.model.ControllerCapability;
import solo.kube.Backoff;
import solo.kube.Clock;
import solo.kube.Controller;
import solo.kube.Leadership;
import solo.kube.Writes;
import solo.kube.fabric8.EventRecorder;
import solo.kube.fabric8.KubernetesConnection;
import solo.kube.fabric8.LeaseElection;
import solo.provisioner.Ports;
import solo.provisioner.Provisioner;
import solo.provisioner.Unfinished;
import solo.provisioner.UnfinishedRecord;
import solo.provisioner.UnfinishedRecord.Safety;
import solo.provisioner.csi.VolumeCalls;
import solo.provisioner.model.Feature;
import solo.provisioner.model.NodeDeployment;
import solo.provisioner.model.ProvisioningOptions;
import solo.provisioner.model.VolumeNaming;

/**
 * The provisioner, put together from flags.
 *
 * @param others the controller of capacity objects with --enable-capacity, and that of suspects for a driver that lists
 */
record ProvisionerParts(Provisioner provisioner, List<Controller> others) {

    /** New at each start, as in Go: events of two runs can be told apart. */
    private static final String RUN = UUID.randomUUID().toString();

    static ProvisionerParts of(
            DriverAccess access,
            KubernetesConnection connection,
            SoloOptions options,
            Leadership leadership,
            @Nullable LeaseElection election,
            EventRecorder events,
            PrometheusRegistry registry)
            throws StartupProblem {
        VolumeCalls driver = new VolumeCalls(access.forController(leadership, options.provisionerTimeout()));
        NodeDeployment here = options.nodeDeployment.enabled ? NodeParts.here(access, options) : null;
        Ports ports = new Ports(
                connection.cluster(),
                connection.writes(leadership),
                driver,
                events.as(component(access)),
                Clock.SYSTEM,
                leadership,
                unfinished(access, connection, options, election));
        try {
            ProvisioningOptions provisioning = new ProvisioningOptions(
                    access.identity().name(),
                    access.capabilities(),
                    identity(access, here),
                    new VolumeNaming(options.provisioner.volumeNamePrefix, options.provisioner.volumeNameUuidLength),
                    options.provisioner.defaultFsType,
                    features(access, connection, options),
                    here);
            Provisioner provisioner = new Provisioner(
                    ports,
                    provisioning,
                    new Provisioner.Tuning(
                            options.provisionerWorkers(),
                            options.provisioner.cloningProtectionThreads,
                            new Backoff(options.retry.start, options.retry.max),
                            options.provisioner.snapshotOrphanSweepInterval),
                    registry);
            Ports slower = ports.with(capacityWrites(connection, options, leadership));
            List<Controller> others = new ArrayList<>();
            if (options.capacity.enabled) {
                Stream.ofNullable(CapacityParts.of(access, slower, options, here, registry))
                        .forEach(others::add);
            }
            if (access.capabilities().has(ControllerCapability.LIST_VOLUMES)) {
                others.add(provisioner.suspects(registry));
            }
            return new ProvisionerParts(provisioner, others);
        } catch (IllegalArgumentException wrong) {
            throw new StartupProblem(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    /** Without a Lease nothing is written every few seconds anyway, but the bundled driver has a folder that we know. */
    private static Unfinished unfinished(
            DriverAccess access,
            KubernetesConnection connection,
            SoloOptions options,
            @Nullable LeaseElection election) {
        if (election == null) {
            boolean known = access.bundled() != null && options.inProcess.equals(DriverInProcess.BUNDLED);
            return known
                    ? NotesInFile.open(options.driver.stateDir, connection.cluster(), connection.history())
                    : Unfinished.NOWHERE;
        }
        boolean lists = access.capabilities().has(ControllerCapability.LIST_VOLUMES);
        UnfinishedRecord record = new UnfinishedRecord(
                connection.cluster(),
                connection.history(),
                election::commit,
                lists ? Safety.WITH_THE_NEXT_RENEWAL : Safety.BEFORE_CREATE_VOLUME);
        election.carry(record);
        return record;
    }

    List<Controller> controllers() {
        return Stream.concat(provisioner.controllers().stream(), others.stream())
                .toList();
    }

    private static Writes capacityWrites(KubernetesConnection connection, SoloOptions options, Leadership leadership) {
        Double qps = options.capacity.qps;
        return qps == null
                ? connection.writes(leadership)
                : connection.writes(leadership, new KubernetesConnection.Rate(qps, options.capacity.burst));
    }

    /** The source component of the provisioner's events: driver, host and run, as in Go. */
    static String component(DriverAccess access) {
        return access.identity().name() + "_" + HostName.text() + "_" + RUN;
    }

    /** Epoch milliseconds, a random number up to 9999, the driver, a node: what a volume says of who made it. */
    private static String identity(DriverAccess access, @Nullable NodeDeployment here) {
        return Clock.SYSTEM.now().toEpochMilli() + "-"
                + ThreadLocalRandom.current().nextInt(10_000) + "-"
                + access.identity().name()
                + (here == null ? "" : "-" + here.node());
    }

    private static Set<Feature> features(DriverAccess access, KubernetesConnection connection, SoloOptions options)
            throws StartupProblem {
        ServedKinds served = new ServedKinds(connection, options.gates());
        served.checkReferenceGrants();
        Set<Feature> features = options.provisionerFeatures();
        add(features, served.attributesClasses(), Feature.VOLUME_ATTRIBUTES_CLASS);
        boolean restores = access.capabilities().has(ControllerCapability.CREATE_DELETE_SNAPSHOT)
                && options.provisioner.snapshotOrphanSweepInterval.isPositive();
        add(features, restores && served.snapshots(), Feature.SNAPSHOT_RELEASE);
        // Only where the attacher runs in this very process it surely takes the finalizer off again.
        boolean attaches = options.controllers.choice.has(ControllerName.ATTACHER)
                && !options.nodeDeployment.enabled
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
