package solo.app;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import solo.app.options.ControllerChoice;
import solo.app.options.ControllerName;
import solo.app.options.FeatureGates.Gate;
import solo.app.options.SnapshotterFlags;
import solo.app.options.SoloOptions;
import solo.csi.model.ControllerCapability;
import solo.csi.model.GroupCapability;
import solo.kube.Backoff;
import solo.kube.Clock;
import solo.kube.Controller;
import solo.kube.Events;
import solo.kube.Leadership;
import solo.kube.fabric8.EventRecorder;
import solo.kube.fabric8.KubernetesConnection;
import solo.snapshotter.GroupSnapshotter;
import solo.snapshotter.Ports;
import solo.snapshotter.SnapshotController;
import solo.snapshotter.Snapshotter;
import solo.snapshotter.Snapshotter.OtherHalf;
import solo.snapshotter.SnapshotterOptions;
import solo.snapshotter.model.GroupingDriver;
import solo.snapshotter.model.SnapshotNaming;
import solo.snapshotter.model.SnapshotSettings;
import solo.snapshotter.model.SnapshotSettings.Distribution;
import solo.snapshotter.model.SnapshotSettings.Groups;
import solo.snapshotter.model.SnapshotSettings.VolumeMode;
import solo.snapshotter.model.SnapshottingDriver;
import solo.snapshotter.model.SnapshottingDriver.Listing;
import solo.snapshotter.model.SnapshottingDriver.Metadata;

/**
 * Both halves of the snapshotter, put together from flags.
 *
 * @param events where each controller's events come from, by its name
 */
record SnapshotterParts(List<Controller> controllers, Map<String, Events> events) {

    private static final Logger log = LoggerFactory.getLogger(SnapshotterParts.class);

    /**
     * What this process does of it.
     *
     * @param driver whose snapshots are taken here, if any are
     */
    private record Halves(Optional<DriverAccess> driver, boolean cluster) {
        static final Halves NONE = new Halves(Optional.empty(), false);
    }

    static SnapshotterParts of(
            Optional<DriverAccess> access,
            KubernetesConnection connection,
            SoloOptions options,
            Set<Duty> duties,
            Leadership leadership,
            EventRecorder recorder,
            PrometheusRegistry registry)
            throws StartupProblem {
        Halves halves = halves(access, connection, options, duties);
        List<Controller> controllers = new ArrayList<>();
        Map<String, Events> events = new HashMap<>();
        // What lives on nodes is taken there, by processes that see nothing of the other half.
        boolean onNodes = options.nodeDeployment.enabled;
        boolean joined = halves.driver().isPresent() && halves.cluster() && !onNodes;
        SnapshotterOptions tuning = new SnapshotterOptions(
                options.snapshotter.workers, new Backoff(options.retry.start, options.retry.max));
        String driver = halves.driver().map(taking -> taking.identity().name()).orElse("");
        if (halves.driver().isPresent()) {
            DriverAccess taking = halves.driver().get();
            Events own = recorder.as(Snapshotter.component(driver));
            List<Controller> half = Snapshotter.of(
                    driver(taking, options, onNodes),
                    taking.forController(leadership, options.snapshotterTimeout()),
                    new Ports(connection.cluster(), connection.writes(leadership), own, Clock.SYSTEM),
                    joined ? OtherHalf.HERE : OtherHalf.ELSEWHERE,
                    tuning);
            half.forEach(controller -> events.put(controller.name(), own));
            controllers.addAll(half);
            List<Controller> groups = groups(taking, connection, options, leadership, own, tuning);
            groups.forEach(controller -> events.put(controller.name(), own));
            controllers.addAll(groups);
        }
        if (halves.cluster()) {
            Events own = recorder.as(SnapshotController.COMPONENT);
            List<Controller> half = SnapshotController.of(
                    new SnapshotSettings(
                            joined ? driver : "",
                            options.provisioner.preventVolumeModeConversion ? VolumeMode.NOTED : VolumeMode.LEFT_OUT,
                            onNodes || options.snapshotter.distributed ? Distribution.BY_NODE : Distribution.CENTRAL,
                            groups(connection, options)),
                    new Ports(connection.cluster(), connection.writes(leadership), own, Clock.SYSTEM),
                    tuning,
                    registry);
            half.forEach(controller -> events.put(controller.name(), own));
            controllers.addAll(half);
        }
        return new SnapshotterParts(controllers, events);
    }

    /** The driver's half of groups, for a driver that takes them. */
    private static List<Controller> groups(
            DriverAccess access,
            KubernetesConnection connection,
            SoloOptions options,
            Leadership leadership,
            Events events,
            SnapshotterOptions tuning)
            throws StartupProblem {
        SnapshotNaming naming = naming(
                "--groupsnapshot-name", options.snapshotter.groupNamePrefix, options.snapshotter.groupNameUuidLength);
        if (!access.capabilities().has(GroupCapability.CREATE_DELETE_GET_VOLUME_GROUP_SNAPSHOT)
                || !new ServedKinds(connection, options.gates()).groupContentKinds()) {
            return List.of();
        }
        return GroupSnapshotter.of(
                new GroupingDriver(driver(access, options, options.nodeDeployment.enabled), naming),
                access.forController(leadership, options.snapshotterTimeout()),
                new Ports(connection.cluster(), connection.writes(leadership), events, Clock.SYSTEM),
                tuning);
    }

    private static Groups groups(KubernetesConnection connection, SoloOptions options) throws StartupProblem {
        if (new ServedKinds(connection, options.gates()).groupKinds()) {
            return Groups.SERVED;
        }
        if (options.gates().on(Gate.VOLUME_GROUP_SNAPSHOT)) {
            log.info("group snapshots are left alone: the API server does not serve groupsnapshot.storage.k8s.io/v1, or"
                    + " it may not be listed; install charts/crds and the roles, then start again");
        }
        return Groups.LEFT_ALONE;
    }

    private static Halves halves(
            Optional<DriverAccess> access, KubernetesConnection connection, SoloOptions options, Set<Duty> duties)
            throws StartupProblem {
        ControllerChoice chosen = options.controllers.choice;
        Optional<DriverAccess> driver = access.filter(one -> duties.contains(Duty.SNAPSHOT)
                && chosen.has(ControllerName.SNAPSHOTTER)
                && one.capabilities().has(ControllerCapability.CREATE_DELETE_SNAPSHOT));
        boolean cluster = duties.contains(Duty.ATTACH_AND_RESIZE) && chosen.has(ControllerName.SNAPSHOT_CONTROLLER);
        if (driver.isEmpty() && !cluster) {
            return Halves.NONE;
        }
        if (new ServedKinds(connection, options.gates()).snapshotKinds()) {
            return new Halves(driver, cluster);
        }
        if (cluster) {
            throw new StartupProblem("--controllers: snapshot-controller needs the kinds of snapshot.storage.k8s.io/v1,"
                    + " which the API server does not serve, or may not be listed; install charts/crds and the"
                    + " roles, then start again");
        }
        log.info("snapshots are left alone: the API server does not serve snapshot.storage.k8s.io/v1, or it may not be"
                + " listed; install charts/crds and the roles, then start again");
        return Halves.NONE;
    }

    private static SnapshottingDriver driver(DriverAccess access, SoloOptions options, boolean onNodes)
            throws StartupProblem {
        SnapshotterFlags flags = options.snapshotter;
        return new SnapshottingDriver(
                access.identity().name(),
                access.capabilities().has(ControllerCapability.LIST_SNAPSHOTS) ? Listing.POSSIBLE : Listing.IMPOSSIBLE,
                naming("--snapshot-name", flags.namePrefix, flags.nameUuidLength),
                options.provisioner.extraCreateMetadata ? Metadata.GIVEN : Metadata.LEFT_OUT,
                onNodes ? NodeParts.name(options) : "");
    }

    private static SnapshotNaming naming(String flags, String prefix, int uuidLength) throws StartupProblem {
        try {
            return SnapshotNaming.of(flags, prefix, uuidLength);
        } catch (IllegalArgumentException wrong) {
            throw new StartupProblem(String.valueOf(wrong.getMessage()), wrong);
        }
    }
}
