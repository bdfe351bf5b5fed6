package solo.snapshotter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import solo.csi.Driver;
import solo.kube.Change;
import solo.kube.Cluster;
import solo.kube.Controller;
import solo.kube.Kinds;
import solo.kube.Trigger;
import solo.kube.model.ObjectKey;
import solo.kube.model.Projected;
import solo.kube.model.VolumeSnapshot;
import solo.kube.model.VolumeSnapshotClass;
import solo.kube.model.VolumeSnapshotContent;
import solo.snapshotter.csi.SnapshotCalls;
import solo.snapshotter.model.SnapshotNames;
import solo.snapshotter.model.SnapshottingDriver;
import solo.snapshotter.rules.ContentChange;
import solo.snapshotter.rules.ContentRules;

/** csi-snapshotter: takes and deletes the snapshots of one driver. */
public final class Snapshotter {

    /** Name of the queue in metrics, as in Go. */
    public static final String CONTENTS = "csi-snapshotter-content";

    /** Whether {@link SnapshotController} runs in the same process, so that annotations need not tell what it knows. */
    public enum OtherHalf {
        HERE,
        ELSEWHERE
    }

    private final SnapshottingDriver driver;
    private final Cluster cluster;

    private Snapshotter(SnapshottingDriver driver, Cluster cluster) {
        this.driver = driver;
        this.cluster = cluster;
    }

    public static List<Controller> of(
            SnapshottingDriver driver, Driver calls, Ports ports, OtherHalf other, SnapshotterOptions options) {
        return List.of(new Controller(
                CONTENTS,
                new ContentReconciler(driver, new SnapshotCalls(calls), ports, other),
                options.workers(),
                options.backoff(),
                new Snapshotter(driver, ports.cluster()).triggers(other)));
    }

    /** Without the other half snapshots are not watched. */
    private List<Trigger<?>> triggers(OtherHalf other) {
        List<Trigger<?>> triggers = new ArrayList<>();
        triggers.add(new Trigger<>(Kinds.SNAPSHOT_CONTENT, this::changed));
        triggers.add(new Trigger<>(Kinds.SNAPSHOT_CLASS, this::classChanged));
        if (other == OtherHalf.HERE) {
            triggers.add(new Trigger<>(Kinds.SNAPSHOT, this::snapshotChanged));
        }
        return triggers;
    }

    /** The component of its events. */
    public static String component(String driver) {
        return "csi-snapshotter " + driver;
    }

    private Collection<ObjectKey> changed(Change<VolumeSnapshotContent> change) {
        VolumeSnapshotContent after = change.after();
        return after != null && ContentRules.ours(after, driver) && ContentChange.matters(change.before(), after)
                ? List.of(after.key())
                : List.of();
    }

    /** A class that appears may be what contents wait for. */
    private Collection<ObjectKey> classChanged(Change<VolumeSnapshotClass> change) {
        VolumeSnapshotClass after = change.after();
        return after == null
                ? List.of()
                : cluster
                        .store(Kinds.SNAPSHOT_CONTENT)
                        .byIndex(Kinds.CONTENT_BY_CLASS, after.key().name())
                        .stream()
                        .filter(content -> ContentRules.ours(content, driver) && !content.ready())
                        .map(Projected::key)
                        .toList();
    }

    /** A snapshot that is on its way out lets a content go that somebody deleted before. */
    private Collection<ObjectKey> snapshotChanged(Change<VolumeSnapshot> change) {
        VolumeSnapshot after = change.after();
        if (after == null || !after.meta().deleting()) {
            return List.of();
        }
        VolumeSnapshotContent content =
                cluster.store(Kinds.SNAPSHOT_CONTENT).get(ObjectKey.cluster(SnapshotNames.contentOf(after)));
        return content != null && content.meta().deleting() && ContentRules.ours(content, driver)
                ? List.of(content.key())
                : List.of();
    }
}
