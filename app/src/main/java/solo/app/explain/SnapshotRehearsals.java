package solo.app.explain;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import solo.csi.RpcDriver;
import solo.kube.Clock;
import solo.kube.Cluster;
import solo.kube.Controller;
import solo.kube.model.ObjectKey;
import solo.kube.model.VolumeGroupSnapshot;
import solo.kube.model.VolumeGroupSnapshotContent;
import solo.kube.model.VolumeSnapshot;
import solo.kube.model.VolumeSnapshotContent;
import solo.snapshotter.GroupSnapshotter;
import solo.snapshotter.Ports;
import solo.snapshotter.SnapshotController;
import solo.snapshotter.Snapshotter;
import solo.snapshotter.Snapshotter.OtherHalf;
import solo.snapshotter.SnapshotterOptions;
import solo.snapshotter.model.GroupingDriver;
import solo.snapshotter.model.SnapshotSettings;
import solo.snapshotter.model.SnapshotSettings.Distribution;
import solo.snapshotter.model.SnapshotSettings.Groups;
import solo.snapshotter.model.SnapshotSettings.VolumeMode;
import solo.snapshotter.model.SnapshottingDriver;
import solo.snapshotter.model.SnapshottingDriver.Listing;
import solo.snapshotter.model.SnapshottingDriver.Metadata;

/**
 * Both halves of the snapshotter on the recording ports, as one process would run them: what the other half would tell
 * by an annotation a moment later is known at once. That the driver can list its snapshots is taken for granted.
 */
final class SnapshotRehearsals {

    private static final Set<String> OF_GROUPS = Set.of(SnapshotController.GROUPS, SnapshotController.GROUP_CONTENTS);

    private final Cluster cluster;
    private final Clock clock;
    private final Setup setup;

    SnapshotRehearsals(Cluster cluster, Clock clock, Setup setup) {
        this.cluster = cluster;
        this.clock = clock;
        this.setup = setup;
    }

    /** @param driver whose volume it is taken of; empty where nobody knows */
    @Nullable
    Rehearsal ofSnapshot(VolumeSnapshot snapshot, String driver) throws InterruptedException {
        return one(SnapshotController.SNAPSHOTS, snapshot.key(), driver).orElse(null);
    }

    /** What the driver's half would do. */
    @Nullable
    Rehearsal ofContent(VolumeSnapshotContent content) throws InterruptedException {
        return one(Snapshotter.CONTENTS, content.key(), content.driver()).orElse(null);
    }

    /** What the cluster's half would do: protect it, or let it go. */
    @Nullable
    Rehearsal ofProtection(VolumeSnapshotContent content) throws InterruptedException {
        return one(SnapshotController.CONTENTS, content.key(), content.driver()).orElse(null);
    }

    /** What snapshot-controller would do about a group. */
    @Nullable
    Rehearsal ofGroup(VolumeGroupSnapshot group) throws InterruptedException {
        return one(SnapshotController.GROUPS, group.key(), "").orElse(null);
    }

    /** What the driver's half would do about a group. */
    @Nullable
    Rehearsal ofGroupContent(VolumeGroupSnapshotContent content) throws InterruptedException {
        return one(GroupSnapshotter.CONTENTS, content.key(), content.driver()).orElse(null);
    }

    /** What the cluster's half would do: protect it, or let it go. */
    @Nullable
    Rehearsal ofProtection(VolumeGroupSnapshotContent content) throws InterruptedException {
        return one(SnapshotController.GROUP_CONTENTS, content.key(), content.driver())
                .orElse(null);
    }

    private Optional<Rehearsal> one(String name, ObjectKey key, String driver) throws InterruptedException {
        Notebook notebook = new Notebook(cluster);
        Ports ports = new Ports(cluster, notebook.writes(), notebook, clock);
        SnapshottingDriver alone = new SnapshottingDriver(
                driver,
                Listing.POSSIBLE,
                setup.snapshotNaming(),
                setup.options().provisioner.extraCreateMetadata ? Metadata.GIVEN : Metadata.LEFT_OUT,
                "");
        List<Controller> controllers = switch (name) {
            case Snapshotter.CONTENTS ->
                Snapshotter.of(alone, new RpcDriver(notebook), ports, OtherHalf.HERE, SnapshotterOptions.DEFAULT);
            case GroupSnapshotter.CONTENTS ->
                GroupSnapshotter.of(
                        new GroupingDriver(alone, setup.groupNaming()),
                        new RpcDriver(notebook),
                        ports,
                        SnapshotterOptions.DEFAULT);
            default ->
                SnapshotController.of(
                        new SnapshotSettings(
                                driver,
                                setup.options().provisioner.preventVolumeModeConversion
                                        ? VolumeMode.NOTED
                                        : VolumeMode.LEFT_OUT,
                                setup.options().snapshotter.distributed ? Distribution.BY_NODE : Distribution.CENTRAL,
                                OF_GROUPS.contains(name) ? Groups.SERVED : Groups.LEFT_ALONE),
                        ports,
                        SnapshotterOptions.DEFAULT,
                        new PrometheusRegistry());
        };
        Controller controller = controllers.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        return Rehearsal.of(controller, key, notebook);
    }
}
