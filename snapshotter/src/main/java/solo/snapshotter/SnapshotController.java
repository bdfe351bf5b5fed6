package solo.snapshotter;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import solo.kube.Change;
import solo.kube.Cluster;
import solo.kube.Controller;
import solo.kube.Kinds;
import solo.kube.Store;
import solo.kube.Trigger;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.Projected;
import solo.kube.model.VolumeGroupSnapshot;
import solo.kube.model.VolumeGroupSnapshotContent;
import solo.kube.model.VolumeSnapshot;
import solo.kube.model.VolumeSnapshotClass;
import solo.kube.model.VolumeSnapshotContent;
import solo.snapshotter.model.SnapshotNames;
import solo.snapshotter.model.SnapshotSettings;
import solo.snapshotter.model.SnapshotSettings.Groups;
import solo.snapshotter.rules.ClaimRelease;
import solo.snapshotter.rules.SnapshotChange;

/** snapshot-controller: gives every VolumeSnapshot of the cluster its content, whatever its driver. */
public final class SnapshotController {

    /** Names of queues in metrics, as in Go; the last has none there. */
    public static final String SNAPSHOTS = "snapshot-controller-snapshot";

    public static final String CONTENTS = "snapshot-controller-content";

    public static final String GROUPS = "snapshot-controller-group-snapshot";

    public static final String GROUP_CONTENTS = "snapshot-controller-group-content";
    static final String CLAIMS = "snapshot-controller-claim";

    /** The component of its events. */
    public static final String COMPONENT = "snapshot-controller";

    private final Store<VolumeSnapshot> snapshots;
    private final Store<VolumeSnapshotContent> contents;

    private SnapshotController(Cluster cluster) {
        this.contents = cluster.store(Kinds.SNAPSHOT_CONTENT);
        this.snapshots = cluster.store(Kinds.SNAPSHOT);
    }

    public static List<Controller> of(
            SnapshotSettings settings, Ports ports, SnapshotterOptions options, PrometheusRegistry registry) {
        SnapshotController controller = new SnapshotController(ports.cluster());
        SnapshotMetrics metrics = new SnapshotMetrics(ports.clock(), registry);
        List<Trigger<?>> triggers = new ArrayList<>(List.of(
                new Trigger<>(Kinds.SNAPSHOT, SnapshotController::changed),
                new Trigger<>(Kinds.SNAPSHOT_CONTENT, controller::ofContent),
                new Trigger<>(Kinds.SNAPSHOT_CLASS, controller::ofClass),
                new Trigger<>(Kinds.CLAIM, controller::ofClaim),
                new Trigger<>(Kinds.VOLUME, controller::ofVolume)));
        List<Controller> all = new ArrayList<>();
        if (settings.groups() == Groups.SERVED) {
            triggers.add(new Trigger<>(Kinds.GROUP_SNAPSHOT, controller::ofGroup));
            triggers.add(new Trigger<>(Kinds.GROUP_SNAPSHOT_CONTENT, controller::ofGroupContent));
            all.addAll(GroupSnapshotController.of(settings, ports, options, metrics));
        }
        all.addAll(List.of(
                new Controller(
                        SNAPSHOTS,
                        new SnapshotReconciler(settings, ports, metrics),
                        options.workers(),
                        options.backoff(),
                        triggers),
                new Controller(
                        CONTENTS,
                        new ContentProtectionReconciler(ports),
                        options.workers(),
                        options.backoff(),
                        List.of(
                                new Trigger<>(Kinds.SNAPSHOT_CONTENT, SnapshotController::content),
                                new Trigger<>(Kinds.SNAPSHOT, SnapshotController::leftBehind))),
                new Controller(
                        CLAIMS,
                        new ClaimReleaseReconciler(ports),
                        options.workers(),
                        options.backoff(),
                        List.of(
                                new Trigger<>(Kinds.CLAIM, controller::held),
                                new Trigger<>(Kinds.SNAPSHOT, SnapshotController::claimOf)))));
        return all;
    }

    /** One that is gone, too: its deletion has come to its end. */
    static Collection<ObjectKey> changed(Change<VolumeSnapshot> change) {
        VolumeSnapshot before = change.before();
        VolumeSnapshot after = change.after();
        if (after == null) {
            return before == null ? List.of() : List.of(before.key());
        }
        return SnapshotChange.matters(before, after) ? List.of(after.key()) : List.of();
    }

    /** Both the snapshot that a content names and those that name it: they may not be the same. */
    private Collection<ObjectKey> ofContent(Change<VolumeSnapshotContent> change) {
        return Stream.of(change.before(), change.after())
                .flatMap(Stream::ofNullable)
                .flatMap(content -> Stream.concat(
                        Stream.ofNullable(content.snapshot()),
                        snapshots
                                .byIndex(
                                        Kinds.SNAPSHOT_BY_CONTENT, content.key().name())
                                .stream()
                                .map(Projected::key)))
                .distinct()
                .toList();
    }

    /** Those that name the class, and those that name none if it is a default. */
    private Collection<ObjectKey> ofClass(Change<VolumeSnapshotClass> change) {
        VolumeSnapshotClass after = change.after();
        if (after == null) {
            return List.of();
        }
        return Stream.concat(
                        snapshots.byIndex(Kinds.SNAPSHOT_BY_CLASS, after.key().name()).stream(),
                        snapshots.byIndex(Kinds.SNAPSHOT_BY_CLASS, "").stream())
                .filter(snapshot -> !snapshot.ready())
                .map(Projected::key)
                .toList();
    }

    /** Members that are on their way out wait for their group. */
    private Collection<ObjectKey> ofGroup(Change<VolumeGroupSnapshot> change) {
        VolumeGroupSnapshot before = change.before();
        return before == null || change.after() != null
                ? List.of()
                : snapshots.byIndex(Kinds.SNAPSHOT_BY_GROUP, before.key().toString()).stream()
                        .map(Projected::key)
                        .toList();
    }

    /** A snapshot that was imported with a group is told its name once the group is known. */
    private Collection<ObjectKey> ofGroupContent(Change<VolumeGroupSnapshotContent> change) {
        VolumeGroupSnapshotContent after = change.after();
        VolumeGroupSnapshotContent before = change.before();
        if (after == null
                || after.handle() == null
                || (before != null
                        && after.handle().equals(before.handle())
                        && after.groupUid().equals(before.groupUid()))) {
            return List.of();
        }
        return contents.byIndex(Kinds.CONTENT_BY_GROUP, Kinds.handle(after.driver(), after.handle())).stream()
                .map(VolumeSnapshotContent::snapshot)
                .flatMap(Stream::ofNullable)
                .toList();
    }

    private Collection<ObjectKey> ofClaim(Change<PersistentVolumeClaim> change) {
        if (!SnapshotChange.matters(change.before(), change.after())) {
            return List.of();
        }
        return Stream.of(change.before(), change.after())
                .flatMap(Stream::ofNullable)
                .flatMap(claim -> Stream.concat(waitingFor(claim.key()), SnapshotRestores.sources(claim)))
                .distinct()
                .toList();
    }

    private Collection<ObjectKey> ofVolume(Change<PersistentVolume> change) {
        PersistentVolume after = change.after();
        return after == null || after.claimRef() == null || !SnapshotChange.matters(change.before(), after)
                ? List.of()
                : waitingFor(after.claimRef().key()).toList();
    }

    private Stream<ObjectKey> waitingFor(ObjectKey claim) {
        return snapshots.byIndex(Kinds.SNAPSHOT_BY_CLAIM, claim.toString()).stream()
                .filter(snapshot -> !snapshot.ready())
                .map(Projected::key);
    }

    private static Collection<ObjectKey> content(Change<VolumeSnapshotContent> change) {
        return change.after() == null ? List.of() : List.of(change.after().key());
    }

    /** The content of a snapshot that is gone may be alone now. */
    private static Collection<ObjectKey> leftBehind(Change<VolumeSnapshot> change) {
        VolumeSnapshot before = change.before();
        return change.after() == null && before != null
                ? List.of(ObjectKey.cluster(SnapshotNames.contentOf(before)))
                : List.of();
    }

    private Collection<ObjectKey> held(Change<PersistentVolumeClaim> change) {
        PersistentVolumeClaim after = change.after();
        return after != null
                        && ClaimRelease.mayGo(
                                after,
                                snapshots.byIndex(
                                        Kinds.SNAPSHOT_BY_CLAIM, after.key().toString()))
                ? List.of(after.key())
                : List.of();
    }

    private static Collection<ObjectKey> claimOf(Change<VolumeSnapshot> change) {
        return Stream.of(change.before(), change.after())
                .flatMap(Stream::ofNullable)
                .map(VolumeSnapshot::claim)
                .flatMap(Stream::ofNullable)
                .distinct()
                .toList();
    }
}
