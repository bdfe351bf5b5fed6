package solo.snapshotter;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import solo.kube.ApiException;
import solo.kube.Cluster;
import solo.kube.Kinds;
import solo.kube.Store;
import solo.kube.model.LabelSelector;
import solo.kube.model.Node;
import solo.kube.model.ObjectKey;
import solo.kube.model.PersistentVolume;
import solo.kube.model.PersistentVolumeClaim;
import solo.kube.model.VolumeGroupSnapshot;
import solo.kube.model.VolumeGroupSnapshotClass;
import solo.kube.model.VolumeGroupSnapshotContent;
import solo.kube.model.VolumeGroupSnapshotContent.Member;
import solo.kube.model.VolumeSnapshot;
import solo.kube.model.VolumeSnapshotContent;
import solo.snapshotter.model.GroupNames;
import solo.snapshotter.model.GroupView;
import solo.snapshotter.model.GroupView.Restore;
import solo.snapshotter.model.GroupView.SeenMember;
import solo.snapshotter.model.GroupView.SelectedClaim;
import solo.snapshotter.model.SnapshotSettings;
import solo.snapshotter.model.SnapshotSettings.Distribution;
import solo.snapshotter.model.SnapshotView.Asked;

/** Puts together what a decision about a group looks at, from the caches. */
final class GroupViews {

    /** What the API server itself said in one reconcile, where the caches know nothing. */
    static final class Live {
        private Asked asked = Asked.NOT_YET;
        private @Nullable VolumeGroupSnapshotContent content;
        private final Map<ObjectKey, @Nullable VolumeSnapshot> members = new HashMap<>();
        private final Map<ObjectKey, @Nullable VolumeSnapshotContent> contents = new HashMap<>();
    }

    private final Cluster cluster;
    private final SnapshotSettings settings;
    private final Store<VolumeGroupSnapshot> groups;
    private final Store<VolumeGroupSnapshotContent> groupContents;
    private final Store<VolumeGroupSnapshotClass> classes;
    private final Store<VolumeSnapshot> snapshots;
    private final Store<VolumeSnapshotContent> contents;
    private final Store<PersistentVolumeClaim> claims;
    private final Store<PersistentVolume> volumes;

    GroupViews(Cluster cluster, SnapshotSettings settings) {
        this.cluster = cluster;
        this.settings = settings;
        this.groups = cluster.store(Kinds.GROUP_SNAPSHOT);
        this.groupContents = cluster.store(Kinds.GROUP_SNAPSHOT_CONTENT);
        this.classes = cluster.store(Kinds.GROUP_SNAPSHOT_CLASS);
        this.snapshots = cluster.store(Kinds.SNAPSHOT);
        this.contents = cluster.store(Kinds.SNAPSHOT_CONTENT);
        this.claims = cluster.store(Kinds.CLAIM);
        this.volumes = cluster.store(Kinds.VOLUME);
    }

    void lookForContent(String name, Live live) throws ApiException {
        live.content = cluster.live(Kinds.GROUP_SNAPSHOT_CONTENT, ObjectKey.cluster(name));
        live.asked = Asked.CERTAIN;
    }

    void lookForMember(ObjectKey key, Live live) throws ApiException {
        live.members.put(key, cluster.live(Kinds.SNAPSHOT, key));
    }

    void lookForMemberContent(String name, Live live) throws ApiException {
        ObjectKey key = ObjectKey.cluster(name);
        live.contents.put(key, cluster.live(Kinds.SNAPSHOT_CONTENT, key));
    }

    /** Null if there is no such group. */
    @Nullable
    GroupView of(ObjectKey key, Live live) {
        VolumeGroupSnapshot group = groups.get(key);
        if (group == null) {
            return null;
        }
        VolumeGroupSnapshotContent cached = groupContents.get(ObjectKey.cluster(GroupNames.contentOf(group)));
        VolumeGroupSnapshotContent content = cached == null ? live.content : cached;
        List<VolumeSnapshot> owned = group.meta().deleting() ? owned(group) : List.of();
        boolean creating = content == null && !group.meta().deleting();
        return new GroupView(
                group,
                group.className() == null ? null : classes.get(ObjectKey.cluster(group.className())),
                creating && group.className() == null
                        ? classes.all().stream()
                                .filter(VolumeGroupSnapshotClass::isDefault)
                                .toList()
                        : List.of(),
                creating ? selected(group) : List.of(),
                content,
                live.asked,
                content == null || (group.ready() && !group.meta().deleting())
                        ? List.of()
                        : content.members().stream()
                                .map(one -> seen(group, content, one, live))
                                .toList(),
                owned,
                restored(owned),
                creating && settings.distribution() == Distribution.BY_NODE ? nodes() : List.of());
    }

    /** By name, so that every look asks for the volumes in the same order. */
    private List<SelectedClaim> selected(VolumeGroupSnapshot group) {
        LabelSelector selector = group.source().selector();
        return selector == null || selector.problem() != null
                ? List.of()
                : claims.byIndex(Kinds.CLAIM_BY_NAMESPACE, group.key().namespace()).stream()
                        .filter(claim -> selector.matches(claim.meta().labels()))
                        .sorted(Comparator.comparing(PersistentVolumeClaim::key))
                        .map(claim -> new SelectedClaim(
                                claim,
                                claim.spec().volumeName() == null
                                        ? null
                                        : volumes.get(
                                                ObjectKey.cluster(claim.spec().volumeName()))))
                        .toList();
    }

    private SeenMember seen(VolumeGroupSnapshot group, VolumeGroupSnapshotContent content, Member member, Live live) {
        ObjectKey key = new ObjectKey(group.key().namespace(), GroupNames.member(group.uid(), member.volumeHandle()));
        ObjectKey contentKey = ObjectKey.cluster(GroupNames.memberContent(group.uid(), member.volumeHandle()));
        VolumeSnapshot snapshot = snapshots.get(key);
        VolumeSnapshotContent own = contents.get(contentKey);
        List<PersistentVolume> of =
                volumes.byIndex(Kinds.VOLUME_BY_HANDLE, Kinds.handle(content.driver(), member.volumeHandle()));
        return new SeenMember(
                member,
                key,
                snapshot == null ? live.members.get(key) : snapshot,
                live.members.containsKey(key) ? Asked.CERTAIN : Asked.NOT_YET,
                own == null ? live.contents.get(contentKey) : own,
                of.size() == 1 ? of.getFirst() : null);
    }

    /** Of this very group, not of a namesake that is gone. */
    private List<VolumeSnapshot> owned(VolumeGroupSnapshot group) {
        return snapshots.byIndex(Kinds.SNAPSHOT_BY_GROUP, group.key().toString()).stream()
                .filter(one ->
                        one.groupOwner() != null && one.groupOwner().uid().equals(group.uid()))
                .sorted(Comparator.comparing(VolumeSnapshot::key))
                .toList();
    }

    private @Nullable Restore restored(List<VolumeSnapshot> members) {
        for (VolumeSnapshot member : members) {
            List<ObjectKey> restores = SnapshotRestores.of(member, cluster);
            if (!restores.isEmpty()) {
                return new Restore(member.key(), restores.getFirst());
            }
        }
        return null;
    }

    private List<Node> nodes() {
        return cluster.store(Kinds.NODE).all();
    }
}
