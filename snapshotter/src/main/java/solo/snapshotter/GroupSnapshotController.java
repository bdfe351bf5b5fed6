package solo.snapshotter;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
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
import solo.kube.model.VolumeGroupSnapshotClass;
import solo.kube.model.VolumeGroupSnapshotContent;
import solo.kube.model.VolumeSnapshot;
import solo.snapshotter.model.GroupNames;
import solo.snapshotter.model.SnapshotSettings;
import solo.snapshotter.rules.GroupChange;
import solo.snapshotter.rules.SnapshotChange;

/** snapshot-controller's part in groups: gives every VolumeGroupSnapshot its content and its members. */
final class GroupSnapshotController {

    private final Store<VolumeGroupSnapshot> groups;
    private final Store<VolumeSnapshot> snapshots;

    private GroupSnapshotController(Cluster cluster) {
        this.groups = cluster.store(Kinds.GROUP_SNAPSHOT);
        this.snapshots = cluster.store(Kinds.SNAPSHOT);
    }

    static List<Controller> of(
            SnapshotSettings settings, Ports ports, SnapshotterOptions options, SnapshotMetrics metrics) {
        GroupSnapshotController controller = new GroupSnapshotController(ports.cluster());
        return List.of(
                new Controller(
                        SnapshotController.GROUPS,
                        new GroupReconciler(settings, ports, metrics),
                        options.workers(),
                        options.backoff(),
                        List.of(
                                new Trigger<>(Kinds.GROUP_SNAPSHOT, GroupSnapshotController::changed),
                                new Trigger<>(Kinds.GROUP_SNAPSHOT_CONTENT, controller::ofContent),
                                new Trigger<>(Kinds.GROUP_SNAPSHOT_CLASS, controller::ofClass),
                                new Trigger<>(Kinds.SNAPSHOT, controller::ofMember),
                                new Trigger<>(Kinds.CLAIM, controller::ofClaim),
                                new Trigger<>(Kinds.VOLUME, controller::ofVolume))),
                new Controller(
                        SnapshotController.GROUP_CONTENTS,
                        new GroupContentProtectionReconciler(ports),
                        options.workers(),
                        options.backoff(),
                        List.of(
                                new Trigger<>(Kinds.GROUP_SNAPSHOT_CONTENT, GroupSnapshotController::content),
                                new Trigger<>(Kinds.GROUP_SNAPSHOT, GroupSnapshotController::leftBehind))));
    }

    private static Collection<ObjectKey> changed(Change<VolumeGroupSnapshot> change) {
        VolumeGroupSnapshot before = change.before();
        VolumeGroupSnapshot after = change.after();
        if (after == null) {
            return before == null ? List.of() : List.of(before.key());
        }
        return GroupChange.matters(before, after) ? List.of(after.key()) : List.of();
    }

    /** Both the group that a content names and those that name it: they may not be the same. */
    private Collection<ObjectKey> ofContent(Change<VolumeGroupSnapshotContent> change) {
        return Stream.of(change.before(), change.after())
                .flatMap(Stream::ofNullable)
                .flatMap(content -> Stream.concat(
                        Stream.ofNullable(content.group()),
                        groups.byIndex(Kinds.GROUP_BY_CONTENT, content.key().name()).stream()
                                .map(Projected::key)))
                .distinct()
                .toList();
    }

    /** Those that name the class, and those that name none if it is a default. */
    private Collection<ObjectKey> ofClass(Change<VolumeGroupSnapshotClass> change) {
        VolumeGroupSnapshotClass after = change.after();
        if (after == null) {
            return List.of();
        }
        return Stream.concat(
                        groups.byIndex(Kinds.GROUP_BY_CLASS, after.key().name()).stream(),
                        groups.byIndex(Kinds.GROUP_BY_CLASS, "").stream())
                .filter(group -> !group.ready())
                .map(Projected::key)
                .toList();
    }

    /** One that somebody removed by force is made anew while the group is not ready. */
    private Collection<ObjectKey> ofMember(Change<VolumeSnapshot> change) {
        VolumeSnapshot before = change.before();
        if (before == null || change.after() != null || before.groupOwner() == null) {
            return List.of();
        }
        VolumeGroupSnapshot group = groups.get(
                new ObjectKey(before.key().namespace(), before.groupOwner().name()));
        return group == null || group.ready() ? List.of() : List.of(group.key());
    }

    /** Groups that may have waited for the claim, and those whose members it is filled from. */
    private Collection<ObjectKey> ofClaim(Change<PersistentVolumeClaim> change) {
        PersistentVolumeClaim before = change.before();
        PersistentVolumeClaim after = change.after();
        boolean labels = before != null
                && after != null
                && !Objects.equals(before.meta().labels(), after.meta().labels());
        if (!labels && !SnapshotChange.matters(before, after)) {
            return List.of();
        }
        return Stream.of(before, after)
                .flatMap(Stream::ofNullable)
                .flatMap(claim -> Stream.concat(
                        withoutContent(claim.key().namespace()),
                        SnapshotRestores.sources(claim).flatMap(this::groupOf)))
                .distinct()
                .toList();
    }

    private Stream<ObjectKey> groupOf(ObjectKey snapshot) {
        VolumeSnapshot member = snapshots.get(snapshot);
        return member == null || member.groupOwner() == null
                ? Stream.of()
                : Stream.of(
                        new ObjectKey(snapshot.namespace(), member.groupOwner().name()));
    }

    private Collection<ObjectKey> ofVolume(Change<PersistentVolume> change) {
        PersistentVolume after = change.after();
        return after == null || after.claimRef() == null || !SnapshotChange.matters(change.before(), after)
                ? List.of()
                : withoutContent(after.claimRef().key().namespace()).toList();
    }

    private Stream<ObjectKey> withoutContent(String namespace) {
        return groups.byIndex(Kinds.GROUP_BY_NAMESPACE, namespace).stream()
                .filter(group -> group.status() == null || group.status().boundContentName() == null)
                .map(Projected::key);
    }

    private static Collection<ObjectKey> content(Change<VolumeGroupSnapshotContent> change) {
        return change.after() == null ? List.of() : List.of(change.after().key());
    }

    /** The content of a group that is gone may be alone now. */
    private static Collection<ObjectKey> leftBehind(Change<VolumeGroupSnapshot> change) {
        VolumeGroupSnapshot before = change.before();
        return change.after() == null && before != null
                ? List.of(ObjectKey.cluster(GroupNames.contentOf(before)))
                : List.of();
    }
}
