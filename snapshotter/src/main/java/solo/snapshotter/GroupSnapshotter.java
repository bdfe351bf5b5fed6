package solo.snapshotter;

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
import solo.kube.model.VolumeGroupSnapshotClass;
import solo.kube.model.VolumeGroupSnapshotContent;
import solo.snapshotter.csi.GroupCalls;
import solo.snapshotter.model.GroupingDriver;
import solo.snapshotter.rules.GroupChange;
import solo.snapshotter.rules.GroupContentRules;

/**
 * csi-snapshotter's part in groups: takes and deletes them for one driver. Unlike single snapshots it works the same
 * whether the other half is here or not.
 */
public final class GroupSnapshotter {

    /** Name of the queue in metrics, as in Go. */
    public static final String CONTENTS = "csi-snapshotter-groupsnapshotcontent";

    private final GroupingDriver driver;
    private final Cluster cluster;

    private GroupSnapshotter(GroupingDriver driver, Cluster cluster) {
        this.driver = driver;
        this.cluster = cluster;
    }

    public static List<Controller> of(GroupingDriver driver, Driver calls, Ports ports, SnapshotterOptions options) {
        GroupSnapshotter groups = new GroupSnapshotter(driver, ports.cluster());
        return List.of(new Controller(
                CONTENTS,
                new GroupContentReconciler(driver, new GroupCalls(calls), ports),
                options.workers(),
                options.backoff(),
                List.of(
                        new Trigger<>(Kinds.GROUP_SNAPSHOT_CONTENT, groups::changed),
                        new Trigger<>(Kinds.GROUP_SNAPSHOT_CLASS, groups::classChanged))));
    }

    private Collection<ObjectKey> changed(Change<VolumeGroupSnapshotContent> change) {
        VolumeGroupSnapshotContent after = change.after();
        return after != null
                        && GroupContentRules.ours(after, driver.alone())
                        && GroupChange.matters(change.before(), after)
                ? List.of(after.key())
                : List.of();
    }

    /** A class that appears may be what contents wait for. */
    private Collection<ObjectKey> classChanged(Change<VolumeGroupSnapshotClass> change) {
        VolumeGroupSnapshotClass after = change.after();
        return after == null
                ? List.of()
                : cluster
                        .store(Kinds.GROUP_SNAPSHOT_CONTENT)
                        .byIndex(Kinds.GROUP_CONTENT_BY_CLASS, after.key().name())
                        .stream()
                        .filter(content -> GroupContentRules.ours(content, driver.alone()) && !content.ready())
                        .map(Projected::key)
                        .toList();
    }
}
